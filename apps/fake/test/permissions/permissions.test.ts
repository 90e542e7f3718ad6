import { generateShortTermKey } from "@claude-on-aws/auth";
import { evaluatePolicy, parsePolicy } from "@claude-on-aws/auth/iam";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakePrincipal, recordedPermissions } from "../../src/server.ts";
import { OPERATIONS } from "../../src/operations/operations.ts";
import type { Operation } from "../../src/exchange/operation.ts";
import { PROVIDERS } from "../../src/terms/provider.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "../support/requests.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";
import {
  ACCOUNT,
  ALICE,
  askAsAlice,
  at,
  aws,
  bedrock,
  type Given,
  invoke,
  mantle,
  NOW,
  policy,
  send,
} from "./support.ts";

const WORKSPACE = `arn:aws:aws-external-anthropic:us-east-1:${ACCOUNT}:workspace/${WORKSPACE_ID}`;
const MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const PROFILE = `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/us.${MODEL}`;
const GLOBAL = `arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/global.${MODEL}`;
const APPLICATION = `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/abcdefghijkl`;
const foundation = (region: string, model = MODEL): string => `arn:aws:bedrock:${region}::foundation-model/${model}`;

const IN_PATHS: Readonly<Record<string, string>> = {
  modelId: encodeURIComponent(`us.${MODEL}`),
  inferenceProfileIdentifier: encodeURIComponent(`us.${MODEL}`),
  modelIdentifier: encodeURIComponent(MODEL),
};

/** A request for an operation, good as far as its route goes. */
function requestFor({ provider, method, path }: Operation): WireRequest {
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) => IN_PATHS[name] ?? WORKSPACE_ID);
  return at(GOOD[provider].request(4242), target, method);
}

const byRoute = OPERATIONS.map((operation): [string, Operation] => [
  `${operation.provider} ${operation.method} ${operation.path}`,
  operation,
]);

describe("the permission of every route", () => {
  test.each(byRoute)("%s is needed, on each of its resources", async (_, operation) => {
    const service = PROVIDERS[operation.provider].signingService;
    const ask = (policies: FakePrincipal["policies"]) => askAsAlice(requestFor(operation), service, policies);

    const nothing = await ask([]);
    expect(nothing.status).toBe(403);
    expect(nothing.denied).toMatchObject({ code: "IMPLICIT_DENY", action: operation.action });

    // Exactly what the journal says that it took, and nothing else.
    const { permissions } = recordedPermissions(nothing.entry) ?? { permissions: [] };
    const exact = permissions.map(({ resource }) => ({ Action: operation.action, Resource: resource }));
    expect((await ask([policy(...exact)])).denied).toBeUndefined();

    for (const [index, { resource }] of permissions.entries()) {
      const rest = exact.filter((_statement, other) => other !== index);
      const { denied } = await ask(rest.length === 0 ? [] : [policy(...rest)]);
      expect(denied).toMatchObject({ action: operation.action, resource });
    }
  });

  test("those of Claude Platform on AWS name a workspace, or belong to the account", () => {
    const account = OPERATIONS.filter(({ provider }) => provider === "anthropic-aws").length;

    expect(account).toBeGreaterThanOrEqual(100);
  });
});

/** A row: the policies, the request, and what is expected of it. */
interface Row {
  readonly name: string;
  readonly policies: FakePrincipal["policies"];
  readonly principal?: Partial<FakePrincipal>;
  readonly request: WireRequest;
  /** Absent where the request is allowed. */
  readonly denied?: Readonly<Record<string, string>>;
}

const invokeOn = (...Resource: string[]): Given => ({ Sid: "Invoke", Action: "bedrock:InvokeModel*", Resource });
const everyUsModel = invokeOn(PROFILE, "arn:aws:bedrock:*::foundation-model/*");
const platform = (action: string): string => `aws-external-anthropic:${action}`;

const ROWS: readonly Row[] = [
  {
    name: "an action on its workspace",
    policies: [policy({ Action: platform("CreateInference"), Resource: WORKSPACE })],
    request: aws,
  },
  {
    name: "an action on another workspace",
    policies: [policy({ Action: platform("CreateInference"), Resource: `${WORKSPACE}x` })],
    request: aws,
    denied: { code: "IMPLICIT_DENY", resource: WORKSPACE, reason: expect.stringContaining("but not the resource") },
  },
  {
    name: "a wildcard in the action",
    policies: [policy({ Action: platform("Create*"), Resource: WORKSPACE })],
    request: aws,
  },
  {
    name: "a typing error in the action",
    policies: [policy({ Action: platform("CreateInferense"), Resource: WORKSPACE })],
    request: aws,
    denied: { code: "IMPLICIT_DENY" },
  },
  {
    name: "a deny beside an allow",
    policies: [
      policy({ Action: "*" }),
      policy({ Sid: "Lockdown", Effect: "Deny", Action: platform("CreateInference"), Resource: WORKSPACE }),
    ],
    request: aws,
    denied: {
      code: "EXPLICIT_DENY",
      decidedBy: "identity",
      policy: "principals[0].policies[1]",
      statement: "Lockdown",
      action: platform("CreateInference"),
      resource: WORKSPACE,
      principal: `arn:aws:iam::${ACCOUNT}:user/alice`,
    },
  },
  {
    name: "NotAction leaves out what is asked",
    policies: [policy({ NotAction: platform("CreateInference") })],
    request: aws,
    denied: { code: "IMPLICIT_DENY" },
  },
  {
    name: "NotAction leaves out something else",
    policies: [policy({ NotAction: platform("CountTokens") })],
    request: aws,
  },
  { name: "a managed policy by name", policies: ["AnthropicInferenceAccess"], request: aws },
  {
    name: "a managed policy by ARN, which reads only",
    policies: ["arn:aws:iam::aws:policy/AnthropicReadOnlyAccess"],
    request: aws,
    denied: { code: "IMPLICIT_DENY", action: platform("CreateInference") },
  },
  {
    name: "reading with a policy that reads only",
    policies: ["AnthropicReadOnlyAccess"],
    request: at(aws, "/v1/models", "GET"),
  },
  {
    name: "ListWorkspaces of a policy for a workspace",
    policies: [policy({ Action: platform("*"), Resource: WORKSPACE })],
    request: at(aws, "/v1/organizations/workspaces", "GET"),
    denied: { code: "IMPLICIT_DENY", action: platform("ListWorkspaces"), resource: "*" },
  },
  {
    name: "GetWorkspace of a policy for that workspace",
    policies: [policy({ Action: platform("*"), Resource: `${WORKSPACE.slice(0, -WORKSPACE_ID.length)}wrkspc_2` })],
    request: at(aws, "/v1/organizations/workspaces/wrkspc_2", "GET"),
  },
  {
    name: "a boundary that does not hold the action",
    policies: [policy({ Action: "*" })],
    principal: { boundary: "AnthropicReadOnlyAccess" },
    request: aws,
    denied: { code: "IMPLICIT_DENY", decidedBy: "boundary" },
  },
  {
    name: "a boundary alone",
    policies: [],
    principal: { boundary: policy({ Action: "*" }) },
    request: aws,
    denied: { code: "IMPLICIT_DENY", decidedBy: "identity" },
  },
  {
    name: "a session policy that denies",
    policies: [policy({ Action: "*" })],
    principal: { sessionPolicies: [policy({ Action: "*" }, { Sid: "NotHere", Effect: "Deny", Action: "*" })] },
    request: aws,
    denied: { code: "EXPLICIT_DENY", decidedBy: "session", statement: "NotHere" },
  },
  {
    name: "all three that allow",
    policies: [policy({ Action: "*" })],
    principal: { boundary: policy({ Action: platform("*") }), sessionPolicies: ["AnthropicInferenceAccess"] },
    request: aws,
  },
  { name: "a profile and all its models", policies: [policy(everyUsModel)], request: bedrock },
  {
    name: "a profile without its models",
    policies: [policy(invokeOn(PROFILE))],
    request: bedrock,
    denied: { action: "bedrock:InvokeModel", resource: foundation("us-east-1") },
  },
  {
    name: "the models without the profile",
    policies: [policy(invokeOn("arn:aws:bedrock:*::foundation-model/*"))],
    request: bedrock,
    denied: { resource: PROFILE },
  },
  {
    name: "the models of one region only",
    policies: [policy(invokeOn(PROFILE, foundation("us-east-1")))],
    request: bedrock,
    denied: { resource: foundation("us-east-2") },
  },
  {
    name: "models through their profile",
    policies: [
      policy(invokeOn(PROFILE), {
        ...invokeOn("arn:aws:bedrock:*::foundation-model/*"),
        Sid: "Behind",
        Condition: { ArnLike: { "bedrock:InferenceProfileArn": PROFILE } },
      }),
    ],
    request: bedrock,
  },
  {
    name: "models through another profile",
    policies: [
      policy(invokeOn(PROFILE), {
        ...invokeOn("arn:aws:bedrock:*::foundation-model/*"),
        Sid: "Behind",
        Condition: { ArnLike: { "bedrock:InferenceProfileArn": GLOBAL } },
      }),
    ],
    request: bedrock,
    denied: { resource: foundation("us-east-1") },
  },
  {
    name: "a global profile in one region",
    policies: [
      policy(invokeOn("*"), {
        Sid: "OneRegion",
        Effect: "Deny",
        Action: "bedrock:*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } },
      }),
    ],
    request: invoke(`global.${MODEL}`),
    denied: { code: "EXPLICIT_DENY", statement: "OneRegion", resource: foundation("") },
  },
  {
    name: "a global profile, unspecified regions included",
    policies: [
      policy(invokeOn("*"), {
        Effect: "Deny",
        Action: "bedrock:*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["us-east-1", "unspecified"] } },
      }),
    ],
    request: invoke(`global.${MODEL}`),
  },
  {
    name: "an application profile",
    policies: [policy(invokeOn(APPLICATION, foundation("us-east-1")))],
    request: invoke(APPLICATION),
  },
  {
    name: "an application profile under the name of the system's",
    policies: [policy(everyUsModel)],
    request: invoke(APPLICATION),
    denied: { resource: APPLICATION },
  },
  {
    name: "a model on demand",
    policies: [policy(invokeOn(foundation("us-east-1", "anthropic.claude-3-haiku-20240307-v1:0")))],
    request: invoke("anthropic.claude-3-haiku-20240307-v1:0"),
  },
  {
    name: "a stream of a policy for whole answers",
    policies: [policy({ Action: "bedrock:InvokeModel", Resource: "*" })],
    request: at(bedrock, bedrock.target.replace("/invoke", "/invoke-with-response-stream")),
    denied: { action: "bedrock:InvokeModelWithResponseStream" },
  },
  {
    name: "Converse, which is InvokeModel",
    policies: [policy({ Action: "bedrock:InvokeModel" })],
    request: at(
      withBody(bedrock, { messages: [{ role: "user", content: [{ text: "x" }] }] }),
      bedrock.target.replace("/invoke", "/converse"),
    ),
  },
  {
    name: "a service tier that is denied",
    policies: [
      policy(
        { Action: "bedrock:*" },
        {
          Sid: "NoPriority",
          Effect: "Deny",
          Action: "bedrock:*",
          Condition: { StringEquals: { "bedrock:ServiceTier": "priority" } },
        },
      ),
    ],
    request: withHeader(bedrock, "x-amzn-bedrock-service-tier", "priority"),
    denied: { code: "EXPLICIT_DENY", statement: "NoPriority" },
  },
  {
    name: "a tier of Converse, which stands in the body",
    policies: [policy({ Action: "bedrock:*", Condition: { StringEquals: { "bedrock:ServiceTier": "flex" } } })],
    request: at(
      withBody(bedrock, { messages: [{ role: "user", content: [{ text: "x" }] }], serviceTier: { type: "flex" } }),
      bedrock.target.replace("/invoke", "/converse"),
    ),
  },
  {
    name: "a guardrail that must be there",
    policies: [
      policy({
        Action: "bedrock:*",
        Condition: {
          StringEquals: { "bedrock:GuardrailIdentifier": `arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/abc:3` },
        },
      }),
    ],
    request: withHeader(
      withHeader(bedrock, "x-amzn-bedrock-guardrailidentifier", "abc"),
      "x-amzn-bedrock-guardrailversion",
      "3",
    ),
  },
  {
    name: "no guardrail where one must be there",
    policies: [
      policy({
        Action: "bedrock:*",
        Condition: {
          StringEquals: { "bedrock:GuardrailIdentifier": `arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/abc:3` },
        },
      }),
    ],
    request: bedrock,
    denied: { code: "IMPLICIT_DENY", reason: expect.stringContaining("condition") },
  },
  {
    name: "ListInferenceProfiles on the profiles that the documents name",
    policies: [
      policy({ Action: "bedrock:ListInferenceProfiles", Resource: "arn:aws:bedrock:*:*:inference-profile/*" }),
    ],
    request: at(bedrock, "/inference-profiles?type=SYSTEM_DEFINED", "GET"),
  },
  {
    name: "the own profiles of a policy for those of the system",
    policies: [
      policy({ Action: "bedrock:ListInferenceProfiles", Resource: "arn:aws:bedrock:*:*:inference-profile/*" }),
    ],
    request: at(bedrock, "/inference-profiles?type=APPLICATION", "GET"),
    denied: { resource: `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/*` },
  },
  {
    name: "the Messages endpoint on its project",
    policies: [
      policy({
        Action: "bedrock-mantle:CreateInference",
        Resource: `arn:aws:bedrock-mantle:us-east-1:${ACCOUNT}:project/default`,
      }),
    ],
    request: mantle,
  },
  {
    name: "the Messages endpoint with everything of Bedrock",
    policies: [policy({ Action: "bedrock:*" })],
    request: mantle,
    denied: { action: "bedrock-mantle:CreateInference" },
  },
  {
    name: "a model of the Messages endpoint that is allowed",
    policies: [
      policy({
        Action: "bedrock-mantle:*",
        Condition: { StringEquals: { "bedrock-mantle:Model": "anthropic.claude-opus-4-7" } },
      }),
    ],
    request: mantle,
  },
  {
    name: "another model of the Messages endpoint",
    policies: [
      policy({
        Action: "bedrock-mantle:*",
        Condition: { StringEquals: { "bedrock-mantle:Model": "anthropic.claude-opus-5" } },
      }),
    ],
    request: mantle,
    denied: { code: "IMPLICIT_DENY" },
  },
  {
    name: "another region than a condition names",
    policies: [policy({ Action: "*", Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } })],
    request: aws,
    denied: { code: "IMPLICIT_DENY" },
  },
  {
    name: "its own hour",
    policies: [policy({ Action: "*", Condition: { DateLessThan: { "aws:CurrentTime": "2026-11-21T12:00:01Z" } } })],
    request: aws,
  },
  {
    name: "an hour that is over",
    policies: [policy({ Action: "*", Condition: { DateLessThan: { "aws:CurrentTime": "2026-11-21T12:00:00Z" } } })],
    request: aws,
    denied: { code: "IMPLICIT_DENY" },
  },
  {
    name: "a condition on TLS",
    policies: [policy({ Action: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    request: aws,
  },
  {
    name: "its own name as a variable",
    policies: [policy({ Action: "*", Condition: { StringEquals: { "aws:username": "alice" } } })],
    request: aws,
  },
  {
    name: "a role with a path, in a condition on its ARN",
    policies: [
      policy({
        Action: "*",
        Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/team/reader` } },
      }),
    ],
    principal: { arn: `arn:aws:iam::${ACCOUNT}:role/team/reader` },
    request: aws,
  },
  {
    name: "a role's session, in its own words",
    policies: [],
    principal: { arn: `arn:aws:iam::${ACCOUNT}:role/team/reader` },
    request: aws,
    denied: { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/session` },
  },
];

const serviceOf = ({ target }: WireRequest): string =>
  target.startsWith("/anthropic/")
    ? "bedrock-mantle"
    : target.startsWith("/v1/")
      ? "aws-external-anthropic"
      : "bedrock";

describe("a request with policies", () => {
  test.each(ROWS)("$name", async ({ policies, principal, request, denied }) => {
    const asked = await askAsAlice(request, serviceOf(request), policies, principal);

    expect(asked.entry.checks.map(({ check }) => check)).toContain("permission");
    if (denied === undefined) expect(asked.denied).toBeUndefined();
    else {
      expect(asked.status).toBe(403);
      expect(asked.denied).toMatchObject(denied);
    }
  });
});

test.each(["wrkspc_closed", "wrkspc_%63losed", "%77rkspc_clos%65d"])(
  "a workspace is denied as %s",
  async (spelling) => {
    const resource = WORKSPACE.replace(WORKSPACE_ID, "wrkspc_closed");
    const policies = [policy({ Action: "*" }, { Effect: "Deny", Action: "*", Resource: resource })];
    const ask = (id: string) =>
      askAsAlice(at(aws, `/v1/organizations/workspaces/${id}`, "GET"), "aws-external-anthropic", policies);

    expect((await ask(spelling)).denied).toMatchObject({ code: "EXPLICIT_DENY", resource });
    expect((await ask("wrkspc_open")).denied).toBeUndefined();
  },
);

describe("an application inference profile", () => {
  const profiles = [{ arn: APPLICATION, copyFrom: `us.${MODEL}`, tags: { team: "blue" } }];
  const ask = (core: ReturnType<typeof createFakeCore>) => async (id: string) => {
    const signed = await sign(invoke(id), "bedrock", { credentials: ALICE, date: NOW });
    const { status } = await core.handle({ ...signed, wire: "received" });
    return {
      status,
      denied: core.journal
        .snapshot()
        .exchanges.at(-1)
        ?.checks.find(({ check }) => check === "permission")?.fault?.details,
    };
  };
  const fakeFor = (...statements: Given[]) =>
    createFakeCore({
      now: () => NOW,
      profiles,
      principals: [{ name: "alice", credentials: [ALICE], policies: [policy(...statements)] }],
    });

  test("takes the models of all regions that it routes to, and is known after a reset", async () => {
    const core = fakeFor(invokeOn(APPLICATION, foundation("us-east-1")));
    expect((await ask(core)(APPLICATION)).denied).toMatchObject({ resource: foundation("us-east-2") });
    core.reset();
    expect((await ask(core)("abcdefghijkl")).denied).toMatchObject({ resource: foundation("us-east-2") });
    expect(
      (await ask(fakeFor(invokeOn(APPLICATION, "arn:aws:bedrock:*::foundation-model/*")))(APPLICATION)).status,
    ).toBe(200);
  });

  test.each([
    ["blue", 200],
    ["red", 403],
  ])("is told by its tag: %s", async (team, status) => {
    const core = fakeFor(invokeOn("arn:aws:bedrock:*::foundation-model/*"), {
      ...invokeOn("arn:aws:bedrock:*:*:application-inference-profile/*"),
      Sid: "Tagged",
      Condition: { StringEquals: { "aws:ResourceTag/team": team } },
    });

    expect((await ask(core)(APPLICATION)).status).toBe(status);
  });
});

describe("a statement that denies models and profiles", () => {
  const policies = [
    policy(
      { Action: "bedrock:*" },
      { Sid: "Not", Effect: "Deny", Action: "bedrock:*", Resource: [foundation("*"), PROFILE, `${APPLICATION}*`] },
    ),
  ];
  const read = (path: string): WireRequest => at(bedrock, path, "GET");
  const create = (copyFrom: string): WireRequest =>
    withBody(at(bedrock, "/inference-profiles"), { inferenceProfileName: "mine", modelSource: { copyFrom } });
  const partitions = ["aws-cn", "aws-us-gov", "aws-x"];
  const inPartition = (arn: string): string[] => partitions.map((name) => arn.replace("arn:aws:", `arn:${name}:`));
  const inAccount = (arn: string, id: string): string => arn.replace(/^((?:[^:]*:){4})[^:]*/, `$1${id}`);
  const models = [
    ...inPartition(foundation("us-east-1")),
    inAccount(foundation("us-east-1"), ACCOUNT),
    inAccount(foundation("us-east-1"), "999999999999"),
  ];
  const profilesOfSystem = [...inPartition(PROFILE), inAccount(PROFILE, ""), inAccount(PROFILE, "999999999999")];
  const ways = [...models, ...profilesOfSystem, ...inPartition(APPLICATION)];

  test.each([
    ...ways.map((arn): [string, WireRequest] => [`InvokeModel of ${arn}`, invoke(arn)]),
    ...models.map((arn): [string, WireRequest] => [
      `GetFoundationModel of ${arn}`,
      read(`/foundation-models/${encodeURIComponent(arn)}`),
    ]),
    ...[...profilesOfSystem, ...inPartition(APPLICATION)].map((arn): [string, WireRequest] => [
      `GetInferenceProfile of ${arn}`,
      read(`/inference-profiles/${encodeURIComponent(arn)}`),
    ]),
    ...[...models, ...profilesOfSystem].map((arn): [string, WireRequest] => [
      `CreateInferenceProfile from ${arn}`,
      create(arn),
    ]),
  ])("is not evaded by another way to write an ARN: %s", async (_, request) => {
    const { status } = await askAsAlice(request, "bedrock", policies);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test.each([foundation("us-east-1"), PROFILE, APPLICATION, MODEL, `us.${MODEL}`])("holds for %s", async (id) => {
    expect((await askAsAlice(invoke(id), "bedrock", policies)).status).toBe(403);
  });
});

describe("a denial", () => {
  const action = "aws-external-anthropic:CreateInference";
  const SAYS: Readonly<Record<GoodProvider, string>> = {
    "anthropic-aws": `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: ${action} on resource: ${WORKSPACE} because no identity-based policy allows the ${action} action`,
    bedrock: `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: bedrock:InvokeModel on resource: ${PROFILE} because no identity-based policy allows the bedrock:InvokeModel action`,
    mantle: `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: bedrock-mantle:CreateInference on resource: arn:aws:bedrock-mantle:us-east-1:${ACCOUNT}:project/default because no identity-based policy allows the bedrock-mantle:CreateInference action`,
  };

  test.each(["anthropic-aws", "mantle"] as const)("of %s is a permission_error in AWS's words", async (provider) => {
    const { service, request } = GOOD[provider];
    const { status, body } = await askAsAlice(request(4242), service, []);

    expect(status).toBe(403);
    expect(body).toMatchObject({ type: "error", error: { type: "permission_error", message: SAYS[provider] } });
  });

  test("of Amazon Bedrock is an AccessDeniedException in AWS's words", async () => {
    const { status, body, headers } = await askAsAlice(bedrock, "bedrock", []);

    expect(status).toBe(403);
    expect(body).toEqual({ Message: SAYS.bedrock });
    expect(headers.get("x-amzn-errortype")).toMatch(/^AccessDeniedException:/);
  });

  test("breaks the rule action-allowed, and says what to do", async () => {
    const { entry } = await askAsAlice(aws, "aws-external-anthropic", []);
    const failed = entry.findings.filter(({ level }) => level === "fail");

    expect(failed).toMatchObject([{ rule: "action-allowed", message: SAYS["anthropic-aws"] }]);
    expect(entry.caller).toMatchObject({ accessKeyId: "AKIDALICE", principal: `arn:aws:iam::${ACCOUNT}:user/alice` });
  });

  test("comes before a route that is not answered, and a route that is none before it", async () => {
    const notBuilt = OPERATIONS.find(({ provider, built }) => provider === "anthropic-aws" && built === undefined);
    if (notBuilt === undefined) throw new Error("Every route is built: this test can go");
    const request = requestFor(notBuilt);

    expect((await askAsAlice(request, "aws-external-anthropic", [])).status).toBe(403);
    expect((await askAsAlice(request, "aws-external-anthropic", [policy({ Action: "*" })])).status).toBe(501);
    const unknown = await askAsAlice(at(aws, "/v1/nowhere"), "aws-external-anthropic", [policy({ Action: "*" })]);
    expect(unknown.entry.checks.at(-1)?.fault?.name).toBe("route-unknown");
  });

  test("is only noted where findings are recorded", async () => {
    const { status, denied } = await askAsAlice(aws, "aws-external-anthropic", [], {}, { onFinding: "record" });

    expect(status).toBe(200);
    expect(denied).toMatchObject({ code: "IMPLICIT_DENY" });
  });
});

describe("who a caller is", () => {
  const askAs = async (credentials: typeof ALICE, principals: readonly FakePrincipal[] | undefined, more = {}) =>
    send(await sign(aws, "aws-external-anthropic", { credentials, date: NOW }), {
      ...(principals === undefined ? {} : { principals }),
      ...more,
    });
  const limited: FakePrincipal = { name: "alice", credentials: [ALICE], policies: [] };

  test("an administrator, to whom nothing is asked, where there are no principals", async () => {
    const { status, entry } = await askAs(EXAMPLE_CREDENTIALS, undefined);

    expect(status).toBe(200);
    expect(entry.checks.map(({ check }) => check)).not.toContain("permission");
    expect(entry.caller?.principal).toBeUndefined();
  });

  test("an administrator where the access key is the fake's, and no principal's", async () => {
    const { status, entry } = await askAs(EXAMPLE_CREDENTIALS, [limited], { credentials: [EXAMPLE_CREDENTIALS] });

    expect(status).toBe(200);
    expect(entry.caller?.principal).toBe(`arn:aws:iam::${ACCOUNT}:user/administrator`);
  });

  test("nobody where the access key is the example's, and principals have their own", async () => {
    expect((await askAs(EXAMPLE_CREDENTIALS, [limited])).status).toBe(401);
  });

  test("the same to STS as to Claude", async () => {
    const { credentials } = createFakeCore({ principals: [limited] }).state;

    expect(credentials.principalOf(ALICE.accessKeyId)).toMatchObject({
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      accountId: ACCOUNT,
    });
  });

  test("the one user who has neither access keys nor API keys, where the access key is the fake's", async () => {
    const { denied } = await askAs(EXAMPLE_CREDENTIALS, [{ name: "bob", policies: [] }]);

    expect(denied).toMatchObject({ principal: `arn:aws:iam::${ACCOUNT}:user/bob` });
  });

  const role = { arn: `arn:aws:iam::${ACCOUNT}:role/team/reader`, policies: ["AnthropicReadOnlyAccess"] };

  test.each([
    ["reader", "/v1/models", undefined],
    ["reader", "/v1/messages", "CreateInference"],
    ["writer", "/v1/models", "ListModels"],
  ])("the role %s whose session the fake issued: %s", async (roleName, target, denied) => {
    const core = createFakeCore({ now: () => NOW, principals: [role] });
    const credentials = core.state.credentials.issue({ accountId: ACCOUNT, roleName, sessionName: "s1" }, 900, NOW);
    const request = at(aws, target, target === "/v1/models" ? "GET" : "POST");
    const signed = await sign(request, "aws-external-anthropic", { credentials, date: NOW });
    await core.handle({ ...signed, wire: "received" });
    const [entry] = core.journal.snapshot().exchanges;
    const details = entry?.checks.find(({ check }) => check === "permission")?.fault?.details;

    expect(entry?.caller?.principal).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/s1`);
    expect(details?.["action"]).toBe(denied && `aws-external-anthropic:${denied}`);
  });
});

describe("an API key", () => {
  const call = (service: string, Condition?: object): Given => ({
    Sid: "Key",
    Action: `${service}:CallWithBearerToken`,
    ...(Condition === undefined ? {} : { Condition }),
  });
  const term = (service: string, value: string): object => ({
    StringEquals: { [`${service}:BearerTokenType`]: value },
  });
  const LONG = {
    "anthropic-aws": btoa("\0@\0AeaApiKey-abcd+1-at-123456789012:secret"),
    bedrock: `ABSK${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`,
  };
  const shortTerm = (family: "anthropic-aws" | "bedrock"): Promise<string> =>
    generateShortTermKey({ credentials: ALICE, family, region: "us-east-1", date: NOW });

  const CASES = [
    ["anthropic-aws", aws, "aws-external-anthropic", platform("CreateInference"), "anthropic-aws"],
    ["bedrock", bedrock, "bedrock", "bedrock:InvokeModel", "bedrock"],
    ["mantle", mantle, "bedrock-mantle", "bedrock-mantle:CreateInference", "bedrock"],
  ] as const;

  describe.each(CASES)("of %s", (_, request, service, action, family) => {
    const askWith = (key: string, policies: FakePrincipal["policies"], more: Partial<FakePrincipal> = {}) =>
      send(withHeader(request, "authorization", `Bearer ${key}`), {
        principals: [{ name: "alice", credentials: [ALICE], policies, ...more }],
      });

    test("needs CallWithBearerToken beside the action", async () => {
      const key = await shortTerm(family);
      const { status, message, denied } = await askWith(key, [policy({ Action: action })]);

      expect(status).toBe(403);
      expect(denied).toMatchObject({ action: `${service}:CallWithBearerToken`, resource: "*" });
      expect(message).toContain(`is not authorized to perform: ${service}:CallWithBearerToken on resource: *`);
      expect((await askWith(key, [policy({ Action: action }, call(service))])).status).toBe(200);
      expect((await askWith(key, [policy(call(service))])).denied).toMatchObject({ action });
    });

    test("is told short-term from long-term", async () => {
      const short = [policy({ Action: action }, call(service, term(service, "SHORT_TERM")))];
      const long = [policy({ Action: action }, call(service, term(service, "LONG_TERM")))];
      const listed = { apiKeys: [LONG[family]] };

      expect((await askWith(await shortTerm(family), short)).status).toBe(200);
      expect((await askWith(await shortTerm(family), long)).status).toBe(403);
      expect((await askWith(LONG[family], long, listed)).status).toBe(200);
      expect((await askWith(LONG[family], short, listed)).status).toBe(403);
    });
  });

  test("of nobody is refused before it is asked what it may do", async () => {
    const options = { principals: [{ name: "alice", credentials: [ALICE], policies: [policy({ Action: "*" })] }] };
    const stranger = { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" };
    const forged = await generateShortTermKey({
      credentials: stranger,
      family: "anthropic-aws",
      region: "us-east-1",
      date: NOW,
    });
    const ask = (key: string) => send(withHeader(aws, "x-api-key", key), options);

    expect((await ask("some-key-of-a-gateway")).status).toBe(401);
    expect((await ask(forged)).status).toBe(401);
    expect((await ask(LONG["anthropic-aws"])).status).toBe(401);
  });

  test("that is the fake's own is the administrator's", async () => {
    const options = { apiKeys: ["k1"], principals: [{ name: "alice", credentials: [ALICE], policies: [] }] };

    expect((await send(withHeader(aws, "x-api-key", "k1"), options)).status).toBe(200);
  });
});

describe("principals that cannot be used", () => {
  const CASES: readonly [string, readonly FakePrincipal[], string, RegExp][] = [
    ["neither name nor ARN", [{ policies: [] }], "principals[0]", /no arn and no name/],
    [
      "an ARN of something else",
      [{ arn: "arn:aws:s3:::bucket", policies: [] }],
      "principals[0]",
      /ARN of a user, a role/,
    ],
    [
      "a policy that is none",
      [{ name: "a", policies: [{ Statement: [] }] }],
      "principals[0].policies[0]",
      /empty list/,
    ],
    [
      "an unknown name of a policy",
      [{ name: "a", policies: ["ReadOnly"] }],
      "principals[0].policies[0]",
      /AnthropicReadOnlyAccess/,
    ],
    ["a boundary that is none", [{ name: "a", policies: [], boundary: "{" }], "principals[0].boundary", /no policy/],
    [
      "two of one name",
      [
        { name: "a", credentials: [ALICE], policies: [] },
        { name: "a", apiKeys: ["k"], policies: [] },
      ],
      "principals[1]",
      /of that name/,
    ],
    [
      "two with one access key",
      [
        { name: "a", credentials: [ALICE], policies: [] },
        { name: "b", credentials: [ALICE], policies: [] },
      ],
      "principals[1]",
      /another's access key/,
    ],
    [
      "two without access keys",
      [
        { name: "a", policies: [] },
        { name: "b", policies: [] },
      ],
      "principals[1]",
      /second user/,
    ],
  ];

  test.each(CASES)("%s", (_, principals, path, message) => {
    expect(() => createFakeCore({ principals })).toThrow(
      expect.objectContaining({ name: "FakeError", path, message: expect.stringMatching(message) }),
    );
  });
});

test("recordedPermissions() says of an exchange what the check asked of it", async () => {
  const entries = await Promise.all(
    ROWS.map(async ({ policies, principal, request }) => ({
      policies,
      principal,
      asked: await askAsAlice(request, serviceOf(request), policies, principal),
    })),
  );
  const managed = entries.filter(
    ({ policies, principal }) => principal === undefined && policies.every((one) => typeof one === "object"),
  );

  expect(managed.length).toBeGreaterThan(25);
  for (const { policies, asked } of managed) {
    const recorded = recordedPermissions(asked.entry);
    const parsed = policies.map((one) => parsePolicy(one as object));
    const denied = recorded?.permissions.find(
      (permission) => evaluatePolicy(parsed, { ...permission, principal: recorded.principal }).decision !== "allowed",
    );
    expect(denied?.resource).toBe(asked.denied?.["resource"]);
  }
});
