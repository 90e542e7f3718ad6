import { generateShortTermKey } from "@claude-on-aws/auth";
import { UNSIGNED_PAYLOAD, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../src/server.ts";
import { type Facts, UNCERTAIN_FACTS } from "../src/terms/uncertain-facts.ts";
import { randomId } from "../src/terms/random-id.ts";
import { parseObjectText } from "../src/text/parse-object.ts";
import { elementOf, queryRequest, signForSts, wireRequest } from "./credential-services/support/send-to-fake.ts";
import { GOOD, presign, sign, withBody, withHeader } from "./support/requests.ts";
import { WORKSPACE_ID } from "./support/start-fake.ts";

/** Makes a request; the answers to those before it may say what stands in it. */
type Make = (answers: readonly Readonly<Record<string, string>>[]) => WireRequest | Promise<WireRequest>;

/** Another value of a fact, and a request that is answered differently by it. */
interface Case<Name extends keyof Facts> {
  readonly other: Facts[Name];
  readonly make: Make;
  /** Requests that come before it. */
  readonly before?: readonly Make[];
  readonly options?: FakeOptions;
}

const aws = (): WireRequest => GOOD["anthropic-aws"].request(4242);
const bedrock = (): WireRequest => GOOD.bedrock.request(4242);
const mantle = (): WireRequest => GOOD.mantle.request(4242);

const signed = {
  aws: (request: WireRequest): Promise<WireRequest> => sign(request, "aws-external-anthropic"),
  bedrock: (request: WireRequest): Promise<WireRequest> => sign(request, "bedrock"),
  mantle: (request: WireRequest): Promise<WireRequest> => sign(request, "bedrock-mantle"),
};

const at = (request: WireRequest, target: string): WireRequest => ({ ...request, target });
/** One time for all: refusals print it. */
const NOW = new Date();
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const empty = (bytes: number): Uint8Array => new Uint8Array(bytes);
const blank = { messages: [{ role: "user", content: [{ type: "text", text: " " }] }] };
const used = [
  { role: "user", content: "x" },
  { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "f", input: {} }] },
  { role: "user", content: "y" },
];

const NULL_PROPERTIES = { type: "object", properties: null };
const converse = (changed: object): Promise<WireRequest> => {
  const { target, ...alone } = bedrock();
  const body = { messages: [{ role: "user", content: [{ text: "x" }] }], ...changed };
  return signed.bedrock({
    ...alone,
    target: target.replace("/invoke", "/converse"),
    body: new TextEncoder().encode(JSON.stringify(body)),
  });
};

/** A key of an access key whose owner may send keys of one spelling only. */
const spelled = (): FakeOptions => ({
  now: () => NOW,
  principals: [
    {
      name: "spelled",
      credentials: [EXAMPLE_CREDENTIALS],
      policies: [
        {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "aws-external-anthropic:CreateInference", Resource: "*" },
            {
              Effect: "Allow",
              Action: "aws-external-anthropic:CallWithBearerToken",
              Resource: "*",
              Condition: { StringEquals: { "aws-external-anthropic:BearerTokenType": "SHORT_TERM" } },
            },
          ],
        },
      ],
    },
  ],
});

/** A random part that is not, so that the test knows the IDs, and how it stands in them. */
const UUID = "00000000-0000-4000-8000-000000000000";
const UUID_AS_ID = randomId({ randomUuid: () => UUID });

const upload =
  (filename: string): Make =>
  () =>
    signed.aws({
      ...withHeader(aws(), "content-type", "multipart/form-data; boundary=b"),
      target: "/v1/files",
      body: new TextEncoder().encode(
        `--b\r\ncontent-disposition: form-data; name="file"; filename="${filename}"\r\n\r\n0123456789abc\r\n--b--\r\n`,
      ),
    });

const createBatch: Make = () => {
  const { target, ...alone } = aws();
  const params: unknown = JSON.parse(new TextDecoder().decode(alone.body));
  const body = new TextEncoder().encode(JSON.stringify({ requests: [{ custom_id: "a", params }] }));
  return signed.aws({ ...alone, target: `${target}/batches`, body });
};

const OPUS_4_8 = "/model/us.anthropic.claude-opus-4-8/invoke";
const FORCED = {
  tools: [{ name: "f", input_schema: { type: "object" } }],
  tool_choice: { type: "any" },
};

/** A count of what the good request of Bedrock asks, through its profile. */
const counting = (): WireRequest => {
  const { target, body } = bedrock();
  const counted = { input: { invokeModel: { body: Buffer.from(body ?? "").toString("base64") } } };
  return {
    ...bedrock(),
    target: target.replace(/invoke$/, "count-tokens"),
    body: new TextEncoder().encode(JSON.stringify(counted)),
  };
};

const ofClient = (target: string, body: object): WireRequest =>
  wireRequest({ method: "POST", target, body: JSON.stringify(body) });

const createToken: Make = ([client, device]) =>
  ofClient("/token", { ...client, ...device, grantType: "urn:ietf:params:oauth:grant-type:device_code" });

/** A device that waits for somebody to confirm. */
const startDevice: readonly Make[] = [
  () => ofClient("/client/register", { clientName: "a client", clientType: "public" }),
  ([client]) => ofClient("/device_authorization", { ...client, startUrl: "https://example.awsapps.com/start" }),
];

const CASES: { readonly [Name in keyof Facts]: Case<Name> } = {
  bothKeysStatus: { other: 401, make: async () => withHeader(await signed.aws(aws()), "x-api-key", "k") },
  unknownKeyStatus: { other: 403, options: { apiKeys: ["k1"] }, make: () => withHeader(aws(), "x-api-key", "k2") },
  missingWorkspaceStatus: { other: 404, make: () => signed.aws(withHeader(aws(), "anthropic-workspace-id")) },
  unknownWorkspaceStatus: { other: 403, options: { workspaces: ["wrkspc_1"] }, make: () => signed.aws(aws()) },
  unknownRouteStatusOnMantle: { other: 403, make: () => signed.mantle(at(mantle(), "/anthropic/v1/nowhere")) },
  unknownModelStatusOnMantle: {
    other: 400,
    make: () => signed.mantle(withBody(mantle(), { model: "anthropic.claude-none" })),
  },
  maxClockSkewMinutes: {
    other: 15,
    make: () => sign(aws(), "aws-external-anthropic", { date: minutesAgo(10) }),
  },
  signatureInQuery: { other: "refuse", make: () => presign(bedrock(), "bedrock") },
  expiresInQueryRequired: { other: true, make: () => presign(bedrock(), "bedrock", { expiresInSeconds: null }) },
  unsignedPayload: {
    other: "any",
    make: () =>
      sign(withHeader(bedrock(), "x-amz-content-sha256", UNSIGNED_PAYLOAD), "bedrock", {
        payloadHash: UNSIGNED_PAYLOAD,
      }),
  },
  overloadStatusOnBedrock: {
    other: 529,
    options: { scenario: { replies: [{ reply: { overload: {} } }] } },
    make: () => signed.bedrock(bedrock()),
  },
  maxMessagesBodyBytes: { other: 10, make: () => signed.aws(aws()) },
  maxInvokeModelBodyBytes: { other: 10, make: () => signed.bedrock(bedrock()) },
  tooLargeStatusOnBedrock: {
    other: 400,
    make: () => ({ ...bedrock(), body: empty(25_000_001) }),
  },
  bearerKeyOnClaudePlatform: { other: false, make: () => withHeader(aws(), "authorization", "Bearer k") },
  xApiKeyOnMantle: { other: false, make: () => withHeader(mantle(), "x-api-key", "ABSKx") },
  profilesOfAccount: {
    other: "999999999999",
    make: () =>
      signed.bedrock(
        at(bedrock(), "/model/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile%2Fabc/invoke"),
      ),
  },
  applicationProfilesFollowScope: {
    other: true,
    make: () =>
      signed.bedrock(
        at(bedrock(), "/model/arn:aws:bedrock:us-east-2:123456789012:application-inference-profile%2Fabc/invoke"),
      ),
  },
  profilesAsDocumented: {
    other: false,
    make: () => signed.bedrock(at(bedrock(), "/model/global.anthropic.claude-opus-4-1-20250805-v1:0/invoke")),
  },
  contradictedProfiles: {
    other: false,
    make: () =>
      sign(at(bedrock(), "/model/jp.anthropic.claude-opus-4-6-v1/invoke"), "bedrock", { region: "ap-northeast-1" }),
  },
  profilesOfOneSource: {
    other: false,
    make: () => sign(at(bedrock(), "/model/in.anthropic.claude-opus-5/invoke"), "bedrock", { region: "ap-south-1" }),
  },
  undecodableKeys: {
    other: false,
    make: () => withHeader(bedrock(), "authorization", "Bearer bedrock-api-key-TEST"),
  },
  expiredKeyWordsOnBedrock: {
    other: "Authentication failed: Please make sure your API Key is valid.",
    make: async () => {
      const key = await generateShortTermKey({
        credentials: EXAMPLE_CREDENTIALS,
        family: "bedrock",
        region: "us-east-1",
        expiresInSeconds: 60,
        date: minutesAgo(2),
      });
      return withHeader(bedrock(), "authorization", `Bearer ${key}`);
    },
  },
  workspaceOfOtherRegionStatus: {
    other: 403,
    options: { workspaces: [{ id: WORKSPACE_ID, region: "eu-west-1" }] },
    make: () => signed.aws(aws()),
  },
  deniedModelStatusOnClaudePlatform: {
    other: 403,
    options: { deniedModels: ["claude-sonnet-4-6"] },
    make: () => signed.aws(aws()),
  },
  everyModelOnMantle: {
    other: false,
    make: () => signed.mantle(withBody(mantle(), { model: "anthropic.claude-sonnet-4-6" })),
  },
  countTokensOnMantle: {
    other: false,
    make: () => signed.mantle(at(withBody(mantle(), { max_tokens: undefined }), "/v1/messages/count_tokens")),
  },
  contentTypeStatus: { other: 415, make: () => signed.aws(withHeader(aws(), "content-type", "text/plain")) },
  contentTypeRequired: { other: true, make: () => signed.aws(withHeader(aws(), "content-type")) },
  unknownFieldsOnMessagesApi: { other: "accept", make: () => signed.aws(withBody(aws(), { fresh: 1 })) },
  unknownFieldsOnBedrock: { other: "accept", make: () => signed.bedrock(withBody(bedrock(), { fresh: 1 })) },
  betaFieldsWithoutBeta: {
    other: true,
    make: () => signed.aws(withBody(aws(), { context_management: { edits: [] } })),
  },
  unknownFieldsInside: {
    other: "accept",
    make: () =>
      signed.bedrock(
        withBody(bedrock(), {
          anthropic_beta: ["context-1m-2025-08-07"],
          tools: [{ name: "f", input_schema: { type: "object" }, fresh: 1 }],
        }),
      ),
  },
  autoToolChoiceWithoutTools: {
    other: "refuse",
    make: () => signed.aws(withBody(aws(), { tool_choice: { type: "auto" } })),
  },
  nullPropertiesOnConverse: {
    other: "accept",
    make: () =>
      converse({ toolConfig: { tools: [{ toolSpec: { name: "f", inputSchema: { json: NULL_PROPERTIES } } }] } }),
  },
  documentNameLetters: {
    other: "ASCII",
    make: () =>
      converse({
        messages: [
          {
            role: "user",
            content: [{ text: "x" }, { document: { format: "txt", name: "r\u00e9sum\u00e9", source: { text: "y" } } }],
          },
        ],
      }),
  },
  schemaWordsOnBedrock: {
    other: "JSON schema",
    make: () => signed.bedrock(withBody(bedrock(), { max_tokens: undefined })),
  },
  unknownBetasOnBedrock: {
    other: "accept",
    make: () => signed.bedrock(withBody(bedrock(), { anthropic_beta: ["made-up-2026-01-01"] })),
  },
  unknownBetasOnMessagesApi: {
    other: "refuse",
    make: () => signed.aws(withHeader(aws(), "anthropic-beta", "made-up-2026-01-01")),
  },
  contextBetaOnOtherModels: {
    other: "refuse",
    make: () => signed.bedrock(withBody(at(bedrock(), OPUS_4_8), { anthropic_beta: ["context-1m-2025-08-07"] })),
  },
  betaHeaderOnMantle: {
    other: false,
    make: () => signed.mantle(withHeader(mantle(), "anthropic-beta", "effort-2025-11-24")),
  },
  outputFormatOnMantle: {
    other: true,
    make: () => signed.mantle(withBody(mantle(), { output_config: { format: { type: "json_schema" } } })),
  },
  systemRoleInMessages: {
    other: false,
    make: () =>
      signed.aws(
        withBody(aws(), {
          messages: [
            { role: "user", content: "x" },
            { role: "system", content: "y" },
          ],
        }),
      ),
  },
  firstMessageOfUser: {
    other: false,
    make: () => signed.aws(withBody(aws(), { messages: [{ role: "assistant", content: "x" }] })),
  },
  blankText: { other: "accept", make: () => signed.aws(withBody(aws(), blank)) },
  toolPairsWhenCounting: {
    other: true,
    make: () => signed.aws(at(withBody(aws(), { max_tokens: undefined, messages: used }), "/v1/messages/count_tokens")),
  },
  maxOutputTokens: {
    other: 1000,
    options: { models: ["claude-opus-9"] },
    make: () => signed.aws(withBody(aws(), { model: "claude-opus-9", max_tokens: 1001 })),
  },
  claudeEnvelopeOnInvokeModel: {
    other: false,
    make: () => signed.bedrock(withBody(at(bedrock(), OPUS_4_8), { temperature: 0.5 })),
  },
  forcedToolsOnFable5: {
    other: false,
    make: () => signed.aws(withBody(aws(), { model: "claude-fable-5", ...FORCED })),
  },
  forcedToolsWithAdaptiveThinking: {
    other: false,
    make: () => signed.aws(withBody(aws(), { ...FORCED, thinking: { type: "adaptive" } })),
  },
  highEffortWithoutThinkingOnOpus48: {
    other: false,
    make: () =>
      signed.bedrock(
        withBody(at(bedrock(), OPUS_4_8), { thinking: { type: "disabled" }, output_config: { effort: "max" } }),
      ),
  },
  countTokensThroughProfiles: {
    other: true,
    make: () => signed.bedrock(counting()),
  },
  maxOutputTokensOfSonnet46OnBedrock: {
    other: 64_000,
    make: () =>
      signed.bedrock(withBody(at(bedrock(), "/model/us.anthropic.claude-sonnet-4-6/invoke"), { max_tokens: 100_000 })),
  },
  maxBatchBodyBytes: { other: 10, make: createBatch },
  maxFileBytes: { other: 10, make: upload("a.txt") },
  maxFilenameCharacters: { other: 500, make: upload(`${"a".repeat(300)}.txt`) },
  uploadsDownloadable: {
    other: true,
    options: { randomUuid: () => UUID },
    before: [upload("a.txt")],
    make: () => signed.aws({ ...at(aws(), `/v1/files/file_01${UUID_AS_ID}/content`), method: "GET", body: empty(0) }),
  },
  unfinishedResultsStatus: {
    other: 400,
    options: { randomUuid: () => UUID, batchDurationMs: 60_000 },
    before: [createBatch],
    make: () =>
      signed.aws({
        ...at(aws(), `/v1/messages/batches/msgbatch_01${UUID_AS_ID}/results`),
        method: "GET",
        body: empty(0),
      }),
  },
  archivedWorkspaceStatus: {
    other: 403,
    before: [
      () => signed.aws({ ...at(aws(), `/v1/organizations/workspaces/${WORKSPACE_ID}/archive`), body: empty(0) }),
    ],
    make: () => signed.aws(aws()),
  },
  signInSeconds: {
    other: 0,
    before: [
      ...startDevice,
      ([, device]) =>
        wireRequest({ method: "POST", target: `/device?user_code=${device?.["userCode"]}`, body: "decision=allow" }),
      createToken,
    ],
    make: (answers) =>
      wireRequest({
        target: "/federation/credentials?role_name=Reader&account_id=123456789012",
        headers: [["x-amz-sso_bearer_token", answers.at(-1)?.["accessToken"] ?? ""]],
      }),
  },
  devicePollsPerInterval: { other: 0, before: startDevice, make: createToken },
  trustDenialWords: {
    other: "trust policy",
    options: {
      principals: [
        {
          arn: "arn:aws:iam::123456789012:role/reader",
          policies: [],
          trustPolicy: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
          },
        },
        {
          name: "bob",
          credentials: [EXAMPLE_CREDENTIALS],
          policies: [{ Statement: { Effect: "Allow", Action: "sts:*", Resource: "*" } }],
        },
      ],
    },
    make: () =>
      signForSts(
        queryRequest({
          Action: "AssumeRole",
          RoleArn: "arn:aws:iam::123456789012:role/reader",
          RoleSessionName: "session",
        }),
        EXAMPLE_CREDENTIALS,
        NOW,
      ),
  },
  bearerTokenTypesOnClaudePlatform: {
    other: "short-term",
    options: spelled(),
    make: async () =>
      withHeader(
        aws(),
        "x-api-key",
        await generateShortTermKey({
          credentials: EXAMPLE_CREDENTIALS,
          family: "anthropic-aws",
          region: "us-east-1",
          date: NOW,
        }),
      ),
  },
};

/** The status, and what a refusal says and in which envelope. */
async function answer(
  make: Make,
  options: FakeOptions,
  before: readonly Make[] = [],
): Promise<readonly [status: number, says: string, envelope: readonly string[]]> {
  const fake = createFakeCore({ now: () => NOW, ...options });
  const answers: Readonly<Record<string, string>>[] = [];
  const send = async (next: Make) => {
    const { status, body } = await fake.handle({ ...(await next(answers)), wire: "received" });
    return { status, text: new TextDecoder().decode(body as Uint8Array) };
  };
  for (const earlier of before) answers.push(parseObjectText((await send(earlier)).text) as (typeof answers)[number]);
  const { status, text } = await send(make);
  if (status === 200) return [status, "", []];
  const refusal = text.startsWith("<") ? { message: elementOf(text, "Message") } : JSON.parse(text);
  const { error, error_description, message, Message } = refusal;
  return [status, error_description ?? error?.message ?? message ?? Message, Object.keys(refusal)];
}

describe("every uncertain fact", () => {
  const names = Object.keys(UNCERTAIN_FACTS) as (keyof Facts)[];

  test.each(names)("%s has a source, and another value changes the answer", async (name) => {
    const { default: assumed, question, sources } = UNCERTAIN_FACTS[name];
    const { other, make, before, options = {} } = CASES[name];
    const byDefault = await answer(make, options, before);

    expect(question).toMatch(/^(Whether|Status|How|Largest|Account|What|In which) /);
    expect(sources.length).toBeGreaterThan(20);
    expect(await answer(make, { ...options, facts: { [name]: assumed } }, before)).toEqual(byDefault);
    expect(await answer(make, { ...options, facts: { [name]: other } }, before)).not.toEqual(byDefault);
  });
});
