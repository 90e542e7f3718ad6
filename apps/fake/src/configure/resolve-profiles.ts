import type { ConfiguredProfile } from "../settings/configured-profile.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { findSource } from "../operations/bedrock/application-profiles.ts";
import type { ApplicationProfile } from "../settings/application-profile.ts";
import { bedrockArn } from "../models/bedrock-arn.ts";
import { FakeError } from "../input/fake-error.ts";

/** The ARN of an application inference profile; the groups are its region and its ID. */
export const PROFILE_ARN: RegExp =
  /^arn:(?:aws|aws-cn|aws-us-gov):bedrock:([a-z0-9-]{1,20}):\d{12}:application-inference-profile\/([a-z0-9]{1,64})$/;

/**
 * Looks up what configured profiles stand for.
 *
 * @returns In the order of the options.
 * @throws {FakeError} where that is no model that the region of the profile has.
 */
export function resolveProfiles(
  profiles: readonly ConfiguredProfile[],
  settings: Pick<FakeSettings, "accountId" | "facts" | "models" | "now">,
): readonly ApplicationProfile[] {
  return profiles.map(({ arn, name, copyFrom, tags = {} }, index) => {
    const [, region = "", id = ""] = PROFILE_ARN.exec(arn) ?? [];
    const source =
      id === "" ? undefined : findSource(sourceArn(copyFrom, region, settings.accountId), region, settings);
    if (source === undefined) {
      throw new FakeError("CONFIGURATION_VALUE", {
        path: `profiles[${index}]`,
        found: `${JSON.stringify(arn)} from ${JSON.stringify(copyFrom)}`,
        expected: "the ARN of an application inference profile, from a model or a profile that its region has",
        fix: "name one such as us.anthropic.claude-sonnet-4-5-20250929-v1:0; claude-on-aws models prints them",
      });
    }
    return {
      id,
      arn,
      region,
      name: name ?? id,
      createdAt: settings.now(),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      ...source,
    };
  });
}

/** The ARN that an ID stands for: of a model it begins with the provider, of a profile with a geography. */
function sourceArn(copyFrom: string, region: string, accountId: string): string {
  if (copyFrom.startsWith("arn:")) return copyFrom;
  const isModel = copyFrom.startsWith("anthropic.");
  return isModel
    ? bedrockArn(region, "", `foundation-model/${copyFrom}`)
    : bedrockArn(region, accountId, `inference-profile/${copyFrom}`);
}
