import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { PermissionDeniedError } from "@anthropic-ai/sdk";
import { AccessDeniedException, BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import schema from "../../configuration.schema.json" with { type: "json" };
import { CONFIGURATION_KEYS } from "../../src/configure/parse-configuration.ts";
import { UNCERTAIN_FACTS } from "../../src/terms/uncertain-facts.ts";
import { FakeError, createFakeCore, type FakeServer, parseConfiguration, serve } from "../../src/server.ts";
import { BEDROCK_MODEL } from "../clients/make-clients.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";
import { ACCOUNT, policy } from "./support.ts";

const ajv = new Ajv({ allErrors: false, strict: true, strictRequired: false, allowUnionTypes: true });
(formats as unknown as (to: Ajv) => void)(ajv);
const isValid = ajv.compile(schema);

const DOCUMENT = JSON.stringify(policy({ Action: "aws-external-anthropic:CountTokens" }));
const trust = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
const TRUST = JSON.stringify({ Statement: trust });
const read = (value: unknown) =>
  parseConfiguration(typeof value === "string" ? value : JSON.stringify(value), {
    readPolicy: (path) => (path.endsWith("trust.json") ? TRUST : DOCUMENT),
  });

const key = { accessKeyId: "AKIDALICE", secretAccessKey: "aLiCeSeCrEt/EXAMPLE" };
const PROFILE = `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/team1`;
const HAIKU = "claude-3-haiku-20240307-v1:0";
const allow = { Effect: "Allow", Action: "bedrock:InvokeModel", Resource: "*" };
const one = (more: object): object => ({ principals: [{ name: "alice", policies: [], ...more }] });
const trusting = (trustPolicy: unknown): object => ({
  principals: [{ arn: `arn:aws:iam::${ACCOUNT}:role/reader`, policies: [], trustPolicy }],
});
const documents = (...policies: unknown[]): object => one({ policies });

const VALID: readonly object[] = [
  {},
  { $schema: "./configuration.schema.json" },
  { region: "us-gov-west-1", accountId: "210987654321" },
  { region: "eusc-de-east-1" },
  { credentials: [key, { ...key, accessKeyId: "ASIA1", sessionToken: "t", expiration: "2026-11-21T12:00:00Z" }] },
  { apiKeys: ["k", { key: "k2" }, { key: "k3", expiration: "2026-11-21T12:00:00.5+01:00" }] },
  { workspaces: ["wrkspc_1", { id: "wrkspc_2", region: "eu-west-1" }] },
  { models: ["claude-opus-9"], deniedModels: ["claude-opus-5"], useCaseForm: "missing" },
  {
    sessionSeconds: 5,
    maxSessions: 1,
    metadataV1: true,
    ssoTokens: ["t", { token: "u", expiration: "2026-11-21T12:00:00Z" }],
  },
  { onFinding: "record", facts: { maxClockSkewMinutes: 15, undecodableKeys: false, schemaWordsOnBedrock: "field" } },
  {
    maxJournalExchanges: 0,
    maxJournalBodyBytes: 1,
    maxDiagnosesPerSecond: 0,
    maxDiagnosisCandidates: 0,
    maxBufferedBytes: 1,
    maxScenarioScopes: 1,
  },
  {
    profiles: [
      { arn: PROFILE, copyFrom: BEDROCK_MODEL },
      { arn: `${PROFILE}2`, name: "Team", copyFrom: `anthropic.${HAIKU}`, tags: { team: "a" } },
    ],
  },
  { batchDurationMs: 0, maxResources: 0, maxResourceBytes: 0 },
  one({}),
  one({ credentials: [key], apiKeys: ["k"] }),
  { principals: [{ arn: `arn:aws:iam::${ACCOUNT}:role/team/reader`, policies: [] }] },
  { principals: [{ arn: `arn:aws:iam::${ACCOUNT}:user/alice`, policies: [], boundary: "AnthropicFullAccess" }] },
  {
    principals: [
      { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/s`, policies: [], sessionPolicies: [{ Statement: allow }] },
    ],
  },
  trusting("./trust.json"),
  trusting({ Version: "2012-10-17", Id: "x", Statement: [trust] }),
  trusting({
    Statement: {
      Sid: "A",
      Effect: "Deny",
      Principal: {
        AWS: [ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${ACCOUNT}:user/alice`, "*"],
        Federated: [`arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`, "accounts.google.com"],
        Service: "ec2.amazonaws.com",
      },
      NotAction: ["sts:TagSession"],
      Condition: { StringEquals: { "sts:ExternalId": "x" } },
    },
  }),
  documents("AnthropicFullAccess", "arn:aws:iam::aws:policy/AnthropicReadOnlyAccess"),
  documents("./policy.json", "../policy.json", "/etc/policy.json", "policy.json", "./policy"),
  documents({ Version: "2012-10-17", Statement: [allow] }, { Id: "x", Statement: allow }),
  documents({ Statement: { Sid: "A", Effect: "Deny", NotAction: ["bedrock:*"], NotResource: ["*"] } }),
  documents({ Statement: { ...allow, Condition: { StringEquals: { "aws:username": "alice" } } } }),
];

/** A value that does not fit, where, and a word of what is said about it. */
const INVALID: readonly (readonly [value: unknown, path: string, says: RegExp])[] = [
  [[], "", /expected an object/],
  ["null", "", /expected an object/],
  [{ principal: [] }, "", /did you mean principals\?/],
  [{ region: "us" }, "region", /us-east-1/],
  [{ region: "us-gov-iso-west-1" }, "region", /us-east-1/],
  [{ accountId: 123456789012 }, "accountId", /in quotes/],
  [{ accountId: "1" }, "accountId", /twelve digits/],
  [{ credentials: key }, "credentials", /array/],
  [{ credentials: ["AKID:secret-as-text"] }, "credentials[0]", /a value of another form/],
  [{ credentials: [{ accessKeyId: "A" }] }, "credentials[0]", /no secretAccessKey/],
  [{ credentials: [{ ...key, expiration: "tomorrow" }] }, "credentials[0].expiration", /RFC 3339/],
  [{ credentials: [{ ...key, secretAccessKey: "" }] }, "credentials[0].secretAccessKey", /not empty/],
  [{ apiKeys: [1] }, "apiKeys[0]", /a value of another form/],
  [{ apiKeys: [{}] }, "apiKeys[0]", /no key/],
  [{ apiKeys: [""] }, "apiKeys[0]", /an API key/],
  [{ apiKeys: ["k", "a b"] }, "apiKeys[1]", /without a space/],
  [{ apiKeys: [{ key: "a\n" }] }, "apiKeys[0].key", /without a space/],
  [{ apiKeys: ["k".repeat(8193)] }, "apiKeys[0]", /at most 8192/],
  [one({ apiKeys: ["ké"] }), "principals[0].apiKeys[0]", /visible characters of ASCII/],
  [{ workspaces: ["ws_1"] }, "workspaces[0]", /wrkspc_/],
  [{ workspaces: [{ id: "wrkspc_1" }] }, "workspaces[0]", /no region/],
  [{ models: [""] }, "models[0]", /not empty/],
  [{ useCaseForm: true }, "useCaseForm", /one of submitted, missing/],
  [{ sessionSeconds: 0 }, "sessionSeconds", /whole number from 1/],
  [{ sessionSeconds: "5" }, "sessionSeconds", /without quotes/],
  [{ metadataV1: "yes" }, "metadataV1", /true or false/],
  [{ onFinding: "ignore" }, "onFinding", /reject, record/],
  [{ facts: { maxClockSkew: 1 } }, "facts", /did you mean maxClockSkewMinutes\?/],
  [{ facts: { maxClockSkewMinutes: "15" } }, "facts.maxClockSkewMinutes", /a number/],
  [{ facts: { undecodableKeys: 1 } }, "facts.undecodableKeys", /true or false/],
  [{ maxJournalExchanges: 1.5 }, "maxJournalExchanges", /whole number/],
  [{ profiles: [{ arn: PROFILE }] }, "profiles[0]", /no copyFrom/],
  [{ profiles: [{ arn: PROFILE.toUpperCase(), copyFrom: "x" }] }, "profiles[0].arn", /application inference profile/],
  [{ profiles: [{ arn: PROFILE, copyFrom: "x", tags: { a: 1 } }] }, "profiles[0].tags.a", /a text/],
  [{ principals: {} }, "principals", /array/],
  [{ principals: [{ name: "alice" }] }, "principals[0]", /no policies/],
  [{ principals: [{ policies: [] }] }, "principals[0]", /neither name nor arn/],
  [one({ arn: `arn:aws:iam::${ACCOUNT}:user/alice` }), "principals[0]", /both name and arn/],
  [one({ name: "a b" }), "principals[0].name", /letters, digits/],
  [{ principals: [{ arn: "arn:aws:iam::1:role/reader", policies: [] }] }, "principals[0].arn", /a role/],
  [{ principals: [{ arn: `arn:aws:iam::${ACCOUNT}:group/x`, policies: [] }] }, "principals[0].arn", /a role/],
  [
    { principals: [{ arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader`, policies: [] }] },
    "principals[0].arn",
    /session/,
  ],
  [one({ boundry: "AnthropicFullAccess" }), "principals[0]", /did you mean boundary\?/],
  [documents("AnthropicFullAcess"), "principals[0].policies[0]", /did you mean AnthropicFullAccess\?/],
  [documents(1), "principals[0].policies[0]", /a policy/],
  [documents({ Version: "2012-10-17" }), "principals[0].policies[0]", /expected a statement/],
  [documents({ Statement: [] }), "principals[0].policies[0]", /empty list/],
  [documents({ Version: "2024-01-01", Statement: allow }), "principals[0].policies[0]", /2012-10-17/],
  [documents({ Statement: { ...allow, Effect: "allow" } }), "principals[0].policies[0]", /Effect/],
  [documents({ Statement: { ...allow, NotAction: "x:y" } }), "principals[0].policies[0]", /NotAction/],
  [documents({ Statement: { Effect: "Allow", Action: "x:y" } }), "principals[0].policies[0]", /Resource/],
  [documents({ Statement: { ...allow, Principal: "*" } }), "principals[0].policies[0]", /Principal/],
  [trusting("AnthropicFullAccess"), "principals[0].trustPolicy", /the path of a file/],
  [trusting(1), "principals[0].trustPolicy", /a policy/],
  [trusting({ Statement: [] }), "principals[0].trustPolicy", /empty list/],
  [trusting({ Statement: { ...trust, Principal: undefined } }), "principals[0].trustPolicy", /no Principal/],
  [trusting({ Statement: { ...trust, Principal: "alice" } }), "principals[0].trustPolicy", /no Principal/],
  [trusting({ Statement: { ...trust, Principal: { User: "alice" } } }), "principals[0].trustPolicy", /"User":"alice"/],
  [trusting({ Statement: { ...trust, Principal: { AWS: [] } } }), "principals[0].trustPolicy", /no Principal/],
  [trusting({ Statement: { ...trust, NotPrincipal: "*" } }), "principals[0].trustPolicy", /NotPrincipal/],
  [trusting({ Statement: { ...trust, Resource: "*" } }), "principals[0].trustPolicy", /a Resource/],
  [trusting({ Statement: { ...trust, Action: "*" } }), "principals[0].trustPolicy", /actions of sts/],
  [documents({ Statement: allow, Statements: [] }), "principals[0].policies[0]", /Statements/],
];

describe("parseConfiguration()", () => {
  test.each(VALID.map((value): [string, object] => [JSON.stringify(value), value]))(
    "takes %s, as the schema does",
    (_, value) => {
      expect(isValid(value)).toBe(true);
      expect(() => createFakeCore(read(value))).not.toThrow();
    },
  );

  test.each(INVALID.map((row): [string, ...typeof row] => [JSON.stringify(row[0]), ...row]))(
    "refuses %s, as the schema does",
    (_, value, path, says) => {
      expect(isValid(value)).toBe(false);
      expect(() => read(value)).toThrow(
        expect.objectContaining({ name: "FakeError", path, message: expect.stringMatching(says) }),
      );
    },
  );

  test("knows the keys and the facts that the schema describes", () => {
    const { properties } = schema;

    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(CONFIGURATION_KEYS).toSorted());
    expect(Object.keys(properties.facts.properties)).toEqual(Object.keys(UNCERTAIN_FACTS));
  });

  const KINDS = [0, 1.5, 200, 400, 599, 600, true, "other", "accept"];

  test.each(Object.entries(UNCERTAIN_FACTS))(
    "takes of the fact %s what the schema takes, and its default",
    (name, fact) => {
      for (const value of [fact.default, ...KINDS]) {
        const given = { facts: { [name]: value } };
        if (isValid(given)) expect(() => read(given)).not.toThrow();
        else expect(() => read(given)).toThrow(expect.objectContaining({ path: `facts.${name}` }));
      }
      expect(isValid({ facts: { [name]: fact.default } })).toBe(true);
    },
  );

  test.each([
    ['{ "region": "us-east-1", "region": "us-east-2" }', "region"],
    [
      '{ "principals": [{ "name": "a", "policies": [], "policies": ["AnthropicFullAccess"] }] }',
      "principals[0].policies",
    ],
    [
      '{ "principals": [{ "name": "a", "policies": [{ "Statement": { "Condition": {}, "Condition": {} } }] }] }',
      "principals[0].policies[0].Statement.Condition",
    ],
  ])("takes no key twice: %s", (json, path) => {
    expect(() => parseConfiguration(json)).toThrow(expect.objectContaining({ code: "CONFIGURATION_KEY", path }));
  });

  test.each([
    [{ workspaces: ["wrkspc_1", { id: "wrkspc_1", region: "eu-west-1" }] }, "workspaces[1]"],
    [
      {
        profiles: ["us-east-1", "us-east-2"].map((region) => ({
          arn: PROFILE.replace("us-east-1", region),
          copyFrom: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        })),
      },
      "profiles[1]",
    ],
  ])("takes nothing twice: %j", (value, path) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ code: "CONFIGURATION_VALUE", path }));
  });

  test.each([
    ['{ "secretAccessKey": "dontSayThis", }', "CONFIGURATION_JSON"],
    ['{ "credentials": "dontSayThis" }', "CONFIGURATION_VALUE"],
    ['{ "credentials": [{ "accessKeyId": "A", "secretAccessKey": ["dontSayThis"] }] }', "CONFIGURATION_VALUE"],
    ['{ "principals": [{ "name": "a", "policies": [], "apiKeys": [["dontSayThis"]] }] }', "CONFIGURATION_VALUE"],
    ['{ "apiKeys": ["dontSayThis or that"] }', "CONFIGURATION_VALUE"],
    ['{ "apiKeys": [{ "key": "dontSayThis or that" }] }', "CONFIGURATION_VALUE"],
    ['{ "ssoTokens": [{ "token": ["dontSayThis"] }] }', "CONFIGURATION_VALUE"],
  ])("repeats no secret of %s", (json, code) => {
    let thrown: unknown;
    try {
      parseConfiguration(json);
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(FakeError);
    const { code: found, message, cause } = thrown as FakeError;
    expect(found).toBe(code);
    expect(`${message} ${String(cause)}`).not.toContain("dontSayThis");
  });

  test("takes no profile of what its region does not have", () => {
    const profiles = [{ arn: PROFILE, copyFrom: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0" }];

    expect(() => read({ profiles })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_VALUE", path: "profiles[0]" }),
    );
  });

  test("reads no file where nobody said how, and no policy from a file of something else", () => {
    const json = JSON.stringify(documents("./policy.json"));

    expect(() => parseConfiguration(json)).toThrow(/pass readPolicy/);
    expect(() => parseConfiguration(json, { readPolicy: () => "AnthropicFullAccess" })).toThrow(
      /something else in "\.\/policy\.json"/,
    );
    expect(() => parseConfiguration(json, { readPolicy: () => '{ "Statement": [] }' })).toThrow(/at \.\/policy\.json/);
  });
});

describe("a fake of a configuration", () => {
  const CONFIGURATION = {
    region: "us-east-2",
    workspaces: [{ id: WORKSPACE_ID, region: "us-east-2" }],
    principals: [
      {
        name: "alice",
        credentials: [key],
        policies: [
          "./policy.json",
          {
            Version: "2012-10-17",
            Statement: [{ Sid: "NoFiles", Effect: "Deny", Action: "aws-external-anthropic:*File*", Resource: "*" }],
          },
        ],
      },
    ],
  };
  const core = createFakeCore(read(CONFIGURATION));
  let server: FakeServer | undefined;
  beforeAll(async () => {
    server = await serve(core, { port: 0 });
  });
  afterAll(async () => server?.close());
  const url = (): string => server?.url ?? "";

  const anthropic = () =>
    new AnthropicAws({
      baseURL: url(),
      workspaceId: WORKSPACE_ID,
      awsRegion: "us-east-2",
      awsAccessKey: key.accessKeyId,
      awsSecretAccessKey: key.secretAccessKey,
      maxRetries: 0,
    });
  const messages = [{ role: "user" as const, content: "hello" }];

  test("lets @anthropic-ai/aws-sdk do what a policy allows, and raises its typed error for the rest", async () => {
    const counted = await anthropic().messages.countTokens({ model: "claude-sonnet-4-6", messages });
    expect(counted.input_tokens).toBeGreaterThan(0);

    const error: unknown = await anthropic()
      .messages.create({ model: "claude-sonnet-4-6", max_tokens: 16, messages })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect((error as PermissionDeniedError).message).toContain(
      `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: aws-external-anthropic:CreateInference on resource: arn:aws:aws-external-anthropic:us-east-2:${ACCOUNT}:workspace/${WORKSPACE_ID} because no identity-based policy allows`,
    );
  });

  test("shows the statement that decided at /_fake/exchanges/ID", async () => {
    const error: unknown = await anthropic()
      .beta.files.list()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermissionDeniedError);

    const id = core.journal.snapshot().exchanges.at(-1)?.id ?? "";
    const response = await fetch(`${url()}/_fake/exchanges/${id}`);
    const { checks, caller } = (await response.json()) as {
      checks: { check: string; fault?: object }[];
      caller: object;
    };
    expect(checks.find(({ check }) => check === "permission")?.fault).toMatchObject({
      name: "access-denied",
      details: {
        code: "EXPLICIT_DENY",
        policy: "principals[0].policies[1]",
        statement: "NoFiles",
        action: "aws-external-anthropic:ListFiles",
      },
    });
    expect(caller).toMatchObject({ principal: `arn:aws:iam::${ACCOUNT}:user/alice` });
  });

  test("raises AWS's own AccessDeniedException in its client", async () => {
    const client = new BedrockRuntimeClient({ region: "us-east-2", endpoint: url(), credentials: key, maxAttempts: 1 });
    const body = JSON.stringify({ anthropic_version: "bedrock-2023-05-31", max_tokens: 16, messages });
    const error: unknown = await client
      .send(new InvokeModelCommand({ modelId: BEDROCK_MODEL, body, contentType: "application/json" }))
      .catch((thrown: unknown) => thrown);
    client.destroy();

    expect(error).toBeInstanceOf(AccessDeniedException);
    expect((error as AccessDeniedException).message).toContain(
      "is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-2:",
    );
  });
});
