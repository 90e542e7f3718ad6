import {
  BedrockClient,
  GetInferenceProfileCommand,
  ListInferenceProfilesCommand,
  paginateListInferenceProfiles,
  ResourceNotFoundException,
} from "@aws-sdk/client-bedrock";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import { BEDROCK_KEY, CREDENTIALS, startFake } from "../support/start-fake.ts";

const fake = startFake();
const PROOFS = {
  ...Object.fromEntries(
    Object.entries(CREDENTIALS).map(([name, { accessKeyId, secretAccessKey, sessionToken }]) => [
      name,
      { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } },
    ]),
  ),
  "a Bedrock API key": { token: { token: BEDROCK_KEY }, authSchemePreference: ["httpBearerAuth"] },
};
// A key names no region, and neither does a loopback address: this is the region that the fake assumes then.
const PROFILE_ID = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const APPLICATION_ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";

describe.each(Object.entries(PROOFS))("BedrockClient with %s", (_, proof) => {
  const client = (region = "us-east-1"): BedrockClient =>
    new BedrockClient({
      region,
      endpoint: fake.server.url,
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
      ...proof,
    });

  test("lists the inference profiles of a type, page by page", async () => {
    const ids: string[] = [];
    const pages = paginateListInferenceProfiles({ client: client(), pageSize: 10 }, { typeEquals: "SYSTEM_DEFINED" });
    for await (const { inferenceProfileSummaries = [] } of pages) {
      expect(inferenceProfileSummaries.length).toBeLessThanOrEqual(10);
      ids.push(...inferenceProfileSummaries.map(({ inferenceProfileId }) => inferenceProfileId ?? ""));
    }

    expect(ids).toContain(PROFILE_ID);
    expect(ids).toContain("global.anthropic.claude-opus-4-7");
    expect(new Set(ids).size).toBe(ids.length);
    const { inferenceProfileSummaries } = await client().send(
      new ListInferenceProfilesCommand({ typeEquals: "APPLICATION" }),
    );
    expect(inferenceProfileSummaries).toEqual([]);
  });

  test("gets a system-defined inference profile by its ID", async () => {
    const profile = await client().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: PROFILE_ID }));

    expect(profile).toMatchObject({ inferenceProfileId: PROFILE_ID, status: "ACTIVE", type: "SYSTEM_DEFINED" });
    expect(profile.models?.[0]?.modelArn).toMatch(/^arn:aws:bedrock:us-[a-z]+-\d::foundation-model\/anthropic\./);
  });

  test("gets an application inference profile that nobody created, by its ARN", async () => {
    const profile = await client().send(
      new GetInferenceProfileCommand({ inferenceProfileIdentifier: APPLICATION_ARN }),
    );

    expect(profile).toMatchObject({ inferenceProfileArn: APPLICATION_ARN, type: "APPLICATION" });
    expect(profile.models).toHaveLength(1);
  });

  test("raises its typed error for a profile of another account", async () => {
    const inferenceProfileIdentifier = APPLICATION_ARN.replace("123456789012", "999999999999");
    const answer = client().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));

    await expect(answer).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
