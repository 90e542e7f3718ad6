import { hide } from "@claude-on-aws/endpoints";
import { evaluatePolicy, parsePolicy } from "@claude-on-aws/auth/iam";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { routedRegions } from "@claude-on-aws/models";
import { describe, expect, test } from "vitest";
import {
  createFakeCore,
  type FakeOptions,
  type JournalEntry,
  type JournalSnapshot,
  type RecordedPermissions,
  recordedPermissions,
} from "../../src/server.ts";
import { GOOD, sign, withBody, withHeader } from "../support/requests.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";
import { ACCOUNT, ALICE, at, aws, bedrock, type Given, invoke, mantle, NOW, policy } from "./support.ts";

const MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const OTHER_ACCOUNT = "210987654321";
const createProfile = (tags: object[] = []): WireRequest => ({
  ...at(bedrock, "/inference-profiles"),
  body: new TextEncoder().encode(
    JSON.stringify({
      inferenceProfileName: "team",
      modelSource: { copyFrom: `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.${MODEL}` },
      tags,
    }),
  ),
});

type Fake = ReturnType<typeof createFakeCore>;

const serviceOf = ({ target }: WireRequest): string =>
  GOOD[target.startsWith("/anthropic/") ? "mantle" : target.startsWith("/v1/") ? "anthropic-aws" : "bedrock"].service;

async function send(fake: Fake, request: WireRequest, region = "us-east-1"): Promise<Record<string, string>> {
  const signed = await sign(request, serviceOf(request), { credentials: ALICE, date: NOW, region });
  const { body } = await fake.handle({ ...signed, wire: "received" });
  return body instanceof Uint8Array && body[0] === 0x7b ? JSON.parse(new TextDecoder().decode(body)) : {};
}

const fakeOf = (options: FakeOptions = {}): Fake =>
  createFakeCore({ now: () => NOW, ...(options.principals ? {} : { credentials: [ALICE] }), ...options });

const allowed = (...statements: Given[]): FakeOptions => ({
  principals: [{ name: "alice", credentials: [ALICE], policies: [policy(...statements)] }],
});

const NOTHING_ALLOWED: FakeOptions = { principals: [{ name: "alice", credentials: [ALICE], policies: [] }] };

/** The last exchange as it is written to a file and read again. */
const lastOf = (fake: Fake): JournalEntry =>
  JSON.parse(JSON.stringify(fake.journal.snapshot().exchanges.at(-1))) as JournalEntry;

const recordedLast = (fake: Fake): RecordedPermissions | undefined => recordedPermissions(lastOf(fake));

const resourcesOf = (recorded: RecordedPermissions | undefined): readonly string[] | undefined =>
  recorded?.permissions.map(({ resource }) => resource);

describe("recordedPermissions() of an application inference profile that a client made", () => {
  const WAYS: readonly (readonly [string, FakeOptions])[] = [
    ["principals", allowed({ Action: "*" })],
    ["no principals", {}],
  ];

  describe.each(WAYS)("with %s", (_, options) => {
    test("names each of its models, and its tags, also when it is gone", async () => {
      const fake = fakeOf(options);
      const { inferenceProfileArn: arn = "" } = await send(fake, createProfile([{ key: "team", value: "blue" }]));
      await send(fake, invoke(arn));
      const before = recordedLast(fake);
      fake.state.resources.profiles.remove(arn);

      expect(resourcesOf(before)).toEqual([
        arn,
        ...routedRegions("us", MODEL, "us-east-1").map(
          (region) => `arn:aws:bedrock:${region}::foundation-model/${MODEL}`,
        ),
      ]);
      expect(before?.permissions[0]?.context).toMatchObject({ "aws:ResourceTag/team": "blue" });
      expect(before?.permissions[2]?.context).toMatchObject({
        "aws:RequestedRegion": "us-east-2",
        "bedrock:InferenceProfileArn": arn,
      });
      expect(recordedLast(fake)).toEqual(before);
    });

    test("is what it was when it is read for the first time after it was deleted", async () => {
      const fake = fakeOf(options);
      const { inferenceProfileArn: arn = "" } = await send(fake, createProfile([{ key: "team", value: "blue" }]));
      await send(fake, at(bedrock, `/inference-profiles/${encodeURIComponent(arn)}`, "DELETE"));
      const [, deletion] = fake.journal.snapshot().exchanges;

      expect(deletion && recordedPermissions(deletion)?.permissions).toMatchObject([
        { action: "bedrock:DeleteInferenceProfile", resource: arn, context: { "aws:ResourceTag/team": "blue" } },
      ]);
      await send(fake, invoke(arn));
      expect(resourcesOf(recordedLast(fake))).toEqual([arn]);
    });
  });
});

describe("recordedPermissions()", () => {
  test("knows the region and the tags of a workspace that a client made", async () => {
    const fake = fakeOf();
    const workspace = fake.state.resources.workspaces.find("wrkspc_ireland");
    if (workspace === undefined) throw new Error("Any workspace is there where none was configured");
    fake.state.resources.workspaces.keep({ ...workspace, region: "eu-west-1", tags: { team: "blue" } });
    await send(fake, at(aws, "/v1/organizations/workspaces/wrkspc_ireland", "GET"));
    fake.state.resources.workspaces.reset();

    expect(resourcesOf(recordedLast(fake))).toEqual([
      `arn:aws:aws-external-anthropic:eu-west-1:${ACCOUNT}:workspace/wrkspc_ireland`,
    ]);
    expect(recordedLast(fake)?.permissions[0]?.context).toMatchObject({ "aws:ResourceTag/team": "blue" });
  });

  test.each([
    ["bedrock-api-key-", "SHORT_TERM"],
    ["ABSK", "LONG_TERM"],
  ])("knows the region of the fake, and the term of a key that begins with %s", async (beginning, term) => {
    const key = `${beginning}${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`;
    const fake = createFakeCore({ region: "eu-west-1", apiKeys: [key] });
    const request = withHeader(invoke(`eu.${MODEL}`), "authorization", `Bearer ${key}`);
    await fake.handle({ ...request, wire: "received" });
    const [sending, profile] = recordedLast(fake)?.permissions ?? [];

    expect(sending?.context).toMatchObject({
      "bedrock:BearerTokenType": term,
      "aws:RequestedRegion": "eu-west-1",
    });
    expect(profile?.resource).toBe(`arn:aws:bedrock:eu-west-1:${ACCOUNT}:inference-profile/eu.${MODEL}`);
  });

  test("has the ARN of a role with its path in conditions, and that of its session as the principal", async () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/team/reader`;
    const fake = fakeOf({ principals: [{ arn: role, credentials: [ALICE], policies: [] }] });
    await send(fake, aws);
    const recorded = recordedLast(fake);

    expect(recorded?.principal).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/reader/session`);
    expect(recorded?.permissions[0]?.context).toMatchObject({ "aws:PrincipalArn": role });
  });

  test("is in the account of the fake, unless another is given", async () => {
    const fake = fakeOf({ accountId: OTHER_ACCOUNT });
    await send(fake, withHeader(bedrock, "x-amzn-bedrock-guardrailidentifier", "abc"));
    const moved = recordedPermissions(lastOf(fake), { accountId: ACCOUNT });

    expect(resourcesOf(recordedLast(fake))?.[0]).toBe(
      `arn:aws:bedrock:us-east-1:${OTHER_ACCOUNT}:inference-profile/us.${MODEL}`,
    );
    expect(resourcesOf(moved)?.slice(0, 2)).toEqual([
      `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.${MODEL}`,
      `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`,
    ]);
    expect(moved?.permissions[0]?.context).toMatchObject({
      "aws:ResourceAccount": ACCOUNT,
      "bedrock:GuardrailIdentifier": `arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/abc`,
    });
  });

  test("shows no secret", async () => {
    const fake = fakeOf();
    await send(fake, withHeader(aws, "user-agent", `curl/1 ${ALICE.secretAccessKey}`));

    expect(recordedLast(fake)?.permissions[0]?.context["aws:UserAgent"]).toBe(`curl/1 ${hide(ALICE.secretAccessKey)}`);
    expect(JSON.stringify(lastOf(fake))).not.toContain(ALICE.secretAccessKey);
  });
});

describe("recordedPermissions() of a body that the journal cut", () => {
  const long = { messages: [{ role: "user", content: "x".repeat(20_000) }] };
  const converse = at(
    withBody(bedrock, {
      messages: [{ role: "user", content: [{ text: "x".repeat(20_000) }] }],
      serviceTier: { type: "flex" },
      guardrailConfig: { guardrailIdentifier: "abc", guardrailVersion: "3" },
    }),
    bedrock.target.replace("/invoke", "/converse"),
  );
  const CASES: readonly (readonly [string, WireRequest, object])[] = [
    [
      "the model of the Messages endpoint",
      withBody(mantle, long),
      { "bedrock-mantle:Model": "anthropic.claude-opus-4-7" },
    ],
    ["the tier of Converse", converse, { "bedrock:ServiceTier": "flex" }],
    [
      "the guardrail of Converse",
      converse,
      { "bedrock:GuardrailIdentifier": `arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/abc:3` },
    ],
  ];

  test.each(CASES)("has %s, allowed, denied, or without principals", async (_, request, context) => {
    for (const options of [allowed({ Action: "*" }), NOTHING_ALLOWED, {}]) {
      const fake = fakeOf(options);
      await send(fake, request);

      expect(lastOf(fake).request.body).toHaveLength(16_384);
      expect(recordedLast(fake)?.permissions[0]?.context).toMatchObject(context);
    }
  });

  test("keeps no more of it than is asked for", async () => {
    const fake = fakeOf();
    await send(fake, withBody(mantle, { ...long, service_tier: "x".repeat(20_000) }));

    expect(JSON.stringify(lastOf(fake).permissions).length).toBeLessThan(1000);
  });
});

describe("recordedPermissions() of what was refused before permissions were asked", () => {
  const withoutWorkspace = withHeader(at(aws, "/v1/models", "GET"), "anthropic-workspace-id");

  test.each([
    ["principals", allowed({ Action: "*" })],
    ["no principals", {}],
  ])("says by which check, with %s", async (_, options) => {
    const fake = fakeOf(options);
    await send(fake, withoutWorkspace);

    expect(lastOf(fake).permissions).toBeUndefined();
    expect(recordedLast(fake)).toMatchObject({
      permissions: [],
      refusedBefore: { check: "workspace", fault: { name: "workspace-missing" } },
    });
  });

  test("does not take a denial, or a fault after it, for one", async () => {
    const denied = fakeOf(NOTHING_ALLOWED);
    await send(denied, aws);
    const wrong = fakeOf();
    await send(wrong, withHeader(aws, "anthropic-version"));

    for (const fake of [denied, wrong]) {
      expect(lastOf(fake).reply.status).toBeGreaterThanOrEqual(400);
      expect(recordedLast(fake)).not.toHaveProperty("refusedBefore");
      expect(resourcesOf(recordedLast(fake))).toEqual([
        `arn:aws:aws-external-anthropic:us-east-1:${ACCOUNT}:workspace/${WORKSPACE_ID}`,
      ]);
    }
  });

  test("asks where findings are only recorded", async () => {
    const fake = fakeOf({ onFinding: "record" });
    await send(fake, withoutWorkspace);

    expect(resourcesOf(recordedLast(fake))).toEqual(["*"]);
  });

  test("says nothing of a request that nobody sent", async () => {
    const fake = fakeOf();
    await fake.handle({ ...aws, wire: "received" });

    expect(lastOf(fake).permissions).toBeUndefined();
    expect(recordedLast(fake)).toBeUndefined();
  });
});

test("recordedPermissions() works out what the journal of an older fake does not hold", async () => {
  const fake = fakeOf();
  await send(fake, aws);
  await send(fake, withHeader(at(aws, "/v1/models", "GET"), "anthropic-workspace-id"));
  const older = JSON.stringify(fake.journal.snapshot(), (key, value) => (key === "permissions" ? undefined : value));
  const [asked, refused] = (JSON.parse(older) as JournalSnapshot).exchanges;

  expect(asked && recordedPermissions(asked, { accountId: OTHER_ACCOUNT })?.permissions).toMatchObject([
    { resource: `arn:aws:aws-external-anthropic:us-east-1:${OTHER_ACCOUNT}:workspace/${WORKSPACE_ID}` },
  ]);
  expect(refused && recordedPermissions(refused)?.refusedBefore?.check).toBe("workspace");
});

test("what is recorded is denied by a policy as the fake denied it", async () => {
  const given = { Action: "bedrock:InvokeModel", Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } };
  const everything = { Action: "bedrock:CreateInferenceProfile" };
  for (const team of ["blue", "red"]) {
    const fake = fakeOf(allowed(everything, given));
    const { inferenceProfileArn: arn = "" } = await send(fake, createProfile([{ key: "team", value: team }]));
    await send(fake, invoke(arn));
    const { principal, permissions } = recordedLast(fake) ?? { permissions: [] };
    const denied = permissions.find(
      (permission) =>
        evaluatePolicy([parsePolicy(policy(everything, given))], { ...permission, principal }).decision !== "allowed",
    );

    expect(denied?.resource).toBe(lastOf(fake).checks.find(({ fault }) => fault)?.fault?.details?.["resource"]);
    expect(denied).toBeDefined();
  }
});
