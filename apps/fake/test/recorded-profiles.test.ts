import { headerValue } from "@claude-on-aws/auth/sigv4";
import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { resolveOptions } from "../src/configure/resolve-options.ts";
import { resolveBedrockModel } from "../src/models/resolve-bedrock-model.ts";

/** A request of a real client; see fixtures/wire-requests. */
interface Recorded {
  readonly id: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
}

const NO_APAC =
  "Claude Code asks for `apac.` in every region of ap-; no source has one of Sonnet 4.5, Haiku 4.5 or Opus 5.5";
const NO_EU = "Claude Code asks for `eu.` of its newest Fable, of which no source has one";
const LISTED_ELSEWHERE = "the recorder listed the profiles of `us.` in every region, and Claude Code took them";

/** Recorded requests for a profile that their region does not have: AWS calls its identifier invalid. */
const REFUSED: Readonly<Record<string, string>> = {
  "claude-code--bedrock-eu-alias-haiku--1": LISTED_ELSEWHERE,
  "claude-code--bedrock-eu-alias-haiku--3": LISTED_ELSEWHERE,
  "claude-code--bedrock-eu-alias-haiku--4": LISTED_ELSEWHERE,
  "claude-code--bedrock-eu-alias-sonnet--4": LISTED_ELSEWHERE,
  "claude-code--bedrock-nobase-apac--5": LISTED_ELSEWHERE,
  "claude-code--bedrock-nobase-apac--6": LISTED_ELSEWHERE,
  "claude-code--bedrock-nobase-apse2--4": LISTED_ELSEWHERE,
  "claude-code--bedrock-nobase-govcloud--5": LISTED_ELSEWHERE,
  "claude-code--bedrock-nobase-govcloud--6": LISTED_ELSEWHERE,
  "claude-code--bedrock-nobase-sigv4--7": LISTED_ELSEWHERE,
  "claude-code--bedrock-euprofiles-fable--4": NO_EU,
  "claude-code--bedrock-nobase-apac--7": NO_APAC,
  "claude-code--bedrock-nobase-apac--9": NO_APAC,
  "claude-code--bedrock-nobase-apse2--6": NO_APAC,
  "claude-code--bedrock-nolist-ap-northeast-1-haiku--1": NO_APAC,
  "claude-code--bedrock-nolist-ap-northeast-1-sonnet--4": NO_APAC,
  "claude-code--bedrock-nolist-ap-northeast-1-haiku--3": NO_APAC,
  "claude-code--bedrock-nolist-ap-southeast-2-haiku--3": NO_APAC,
  "claude-code--bedrock-nolist-ap-southeast-2-haiku--4": NO_APAC,
};

const SETTINGS = resolveOptions();
const IN_PATH = /\/model\/([^/]+)\//;
const SCOPE = /Credential=[^/]+\/[0-9]{8}\/([^/]+)\//;

const named = readJsonLines<Recorded>("wire-requests/requests.jsonl").flatMap(({ id, target, headers }) => {
  const segment = IN_PATH.exec(target)?.[1];
  const isProfile = GEOGRAPHIES.some((geography) => segment?.startsWith(`${geography}.`));
  const region = SCOPE.exec(headerValue(headers, "authorization") ?? "")?.[1];
  return segment === undefined || !isProfile ? [] : [{ id, segment, region }];
});

describe("the profile that a recorded request names", () => {
  test.each(named)("in $id is there unless it is listed: $segment from $region", ({ id, segment, region }) => {
    const found = resolveBedrockModel(segment, SETTINGS, { region, hostRegion: region });

    expect([id, found === undefined]).toEqual([id, Object.hasOwn(REFUSED, id)]);
  });

  test("is missing in listed requests alone", () => {
    const ids = named.map(({ id }) => id);

    expect(Object.keys(REFUSED).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
