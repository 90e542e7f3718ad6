import type { DiagnosisCode } from "../../../packages/auth/src/diagnose/index.ts";
import type { SignOptions, WireRequest } from "../../../packages/auth/src/sigv4/index.ts";
import type { AwsProvider } from "../../../packages/endpoints/src/index.ts";
import type { FakeOptions } from "../../../apps/fake/src/server.ts";
import type { FaultName } from "../../../apps/fake/src/terms/faults.ts";
import { ALICE, at, policy } from "../../../apps/fake/test/permissions/support.ts";
import { sign, withBody, withHeader } from "../../../apps/fake/test/support/requests.ts";
import { WORKSPACE_ID } from "../../../apps/fake/test/support/start-fake.ts";

/** When every example is sent. */
export const SENT_AT: Date = new Date("2026-11-29T12:00:00Z");

/** Makes a request that is refused out of a good one, which is not signed yet. */
type MakeRequest = (good: WireRequest, service: string) => WireRequest | Promise<WireRequest>;

/** A request that is refused, so that the words of its refusal can be shown. */
export interface RefusalExample {
  readonly name: FaultName;
  /** What is wrong with it, or with what it meets. */
  readonly when: string;
  /** The code under which `verify` knows this mistake. */
  readonly code?: DiagnosisCode;
  readonly providers: readonly AwsProvider[];
  readonly make: MakeRequest;
  /** How often it is sent; the last answer counts. */
  readonly times?: number;
  readonly options?: FakeOptions;
  /** Whether the fake's words are its own, since those of the service are not known. */
  readonly wordsAreOurs?: true;
}

const ALL: readonly AwsProvider[] = ["anthropic-aws", "mantle", "bedrock"];
const MESSAGES_API: readonly AwsProvider[] = ["anthropic-aws", "mantle"];
const PLATFORM: readonly AwsProvider[] = ["anthropic-aws"];
const BEDROCK: readonly AwsProvider[] = ["bedrock"];

const NOTHING = new Uint8Array();
const ENDED_SESSION = {
  accessKeyId: "ASIAENDED",
  secretAccessKey: "sEcReT/ENDED",
  sessionToken: "ended",
  expiration: new Date(SENT_AT.getTime() - 60_000),
};
const ENDED_KEYS = ["aws-external-anthropic-api-key-ENDED", "bedrock-api-key-ENDED"];
const PROFILE = {
  inferenceProfileName: "team",
  modelSource: {
    copyFrom: "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  },
};

const signed = (request: WireRequest, service: string, options: Partial<SignOptions> = {}): Promise<WireRequest> =>
  sign(request, service, { date: SENT_AT, ...options });

const minutesAway = (minutes: number): Date => new Date(SENT_AT.getTime() + minutes * 60_000);

const withFields =
  (fields: object): MakeRequest =>
  (good, service) =>
    signed(withBody(good, fields), service);

const invoking =
  (modelId: string): MakeRequest =>
  (good, service) =>
    signed(at(good, `/model/${encodeURIComponent(modelId)}/invoke`), service);

const withKey =
  (header: string, value: string): MakeRequest =>
  (good) =>
    withHeader(good, header, value);

const withWorkspace =
  (...ids: string[]): MakeRequest =>
  (good, service) =>
    signed(withHeader(good, "anthropic-workspace-id", ...ids), service);

/** A request of InvokeModel or the Messages API for a model, which each of the services names in its own way. */
const asking =
  (id: string, onBedrock: string): MakeRequest =>
  (good, service) => {
    if (service === "bedrock") return invoking(onBedrock)(good, service);
    return withFields({ model: service === "bedrock-mantle" ? `anthropic.${id}` : id })(good, service);
  };

const asIs: MakeRequest = (good, service) => signed(good, service);

const creatingProfile =
  (more: object): MakeRequest =>
  (good, service) => {
    const body = new TextEncoder().encode(JSON.stringify({ ...PROFILE, ...more }));
    return signed({ ...good, target: "/inference-profiles", body }, service);
  };

/** What a service answers without a mistake of the client; a scenario has the fake say it. */
const failing = (name: FaultName, when: string): RefusalExample => ({
  name,
  when,
  providers: ALL,
  make: asIs,
  options: { scenario: { replies: [{ reply: { error: { name } } }] } },
  wordsAreOurs: true,
});

/** At least one request for each refusal. */
export const REFUSAL_EXAMPLES: readonly RefusalExample[] = [
  { name: "authentication-missing", when: "neither signature nor key", providers: ALL, make: (good) => good },
  {
    name: "authentication-twice",
    when: "a signature and a key",
    providers: MESSAGES_API,
    make: async (good, service) => withHeader(await signed(good, service), "x-api-key", "key"),
  },
  {
    name: "authorization-malformed",
    when: "a header that is not a signature",
    code: "AUTHORIZATION_MALFORMED",
    providers: ALL,
    make: withKey("authorization", "gibberish here"),
  },
  {
    name: "signature-mismatch",
    when: "a wrong secret, or a change after signing",
    providers: ALL,
    make: async (good, service) => withBody(await signed(good, service), { max_tokens: 17 }),
  },
  {
    name: "signature-mismatch",
    when: "signed for another service",
    code: "WRONG_SERVICE",
    providers: ALL,
    make: (good) => signed(good, "s3"),
  },
  {
    name: "signature-mismatch",
    when: "signed for another region",
    code: "WRONG_REGION",
    providers: ALL,
    make: (good, service) => signed(good, service, { region: "eu-west-1" }),
    options: { region: "us-east-1" },
  },
  {
    name: "signature-mismatch",
    when: "the clock of the client is behind",
    code: "CLOCK_SKEW",
    providers: ALL,
    make: (good, service) => signed(good, service, { date: minutesAway(-10) }),
  },
  {
    name: "signature-mismatch",
    when: "the clock of the client is ahead",
    code: "CLOCK_SKEW",
    providers: ALL,
    make: (good, service) => signed(good, service, { date: minutesAway(10) }),
  },
  {
    name: "access-key-unknown",
    when: "an access key or session token that AWS does not know",
    code: "ACCESS_KEY_UNKNOWN",
    providers: ALL,
    make: (good, service) =>
      signed(good, service, { credentials: { accessKeyId: "AKIDNOBODY", secretAccessKey: "secret" } }),
  },
  {
    name: "credentials-expired",
    when: "a session that has ended",
    code: "CREDENTIALS_EXPIRED",
    providers: ALL,
    make: (good, service) => signed(good, service, { credentials: ENDED_SESSION }),
    options: { credentials: [ENDED_SESSION] },
  },
  {
    name: "api-key-malformed",
    when: "a key of another service",
    providers: ALL,
    make: withKey("authorization", "Bearer sk-ant-api03-EXAMPLE"),
  },
  {
    name: "api-key-unknown",
    when: "a key that is not valid, in `x-api-key`",
    providers: PLATFORM,
    make: withKey("x-api-key", "aws-external-anthropic-api-key-OTHER"),
    options: { apiKeys: [] },
  },
  {
    name: "api-key-unknown",
    when: "a key that is not valid, as `Authorization: Bearer`",
    providers: ["mantle", "bedrock"],
    make: withKey("authorization", "Bearer bedrock-api-key-OTHER"),
    options: { apiKeys: [] },
  },
  {
    name: "api-key-expired",
    when: "a short-term key that has ended",
    providers: ALL,
    make: (good, service) =>
      withHeader(good, "authorization", `Bearer ${ENDED_KEYS[service === "aws-external-anthropic" ? 0 : 1] ?? ""}`),
    options: { apiKeys: ENDED_KEYS.map((key) => ({ key, expiration: minutesAway(-1) })) },
  },
  { name: "workspace-missing", when: "no workspace ID", providers: PLATFORM, make: withWorkspace() },
  { name: "workspace-malformed", when: "a name for an ID", providers: PLATFORM, make: withWorkspace("default") },
  {
    name: "workspace-unknown",
    when: "a workspace that does not exist, or is in another region",
    providers: PLATFORM,
    make: withWorkspace("wrkspc_01Nobody"),
    options: { workspaces: [WORKSPACE_ID] },
    wordsAreOurs: true,
  },
  {
    name: "route-unknown",
    when: "a path that does not exist",
    providers: BEDROCK,
    make: (good, service) => signed(at(good, `${good.target}/nowhere`), service),
  },
  {
    name: "route-unknown",
    when: "a path that does not exist",
    providers: MESSAGES_API,
    make: (good, service) => signed(at(good, `${good.target}/nowhere`), service),
    wordsAreOurs: true,
  },
  {
    name: "route-not-built",
    when: "an operation that the fake does not answer",
    providers: PLATFORM,
    make: (good, service) => signed(at(good, "/v1/skills"), service),
    wordsAreOurs: true,
  },
  {
    name: "version-missing",
    when: "no `anthropic-version`",
    providers: MESSAGES_API,
    make: (good, service) => signed(withHeader(good, "anthropic-version"), service),
  },
  {
    name: "content-type-unsupported",
    when: "a body that is declared as a form",
    providers: ALL,
    make: (good, service) => signed(withHeader(good, "content-type", "application/x-www-form-urlencoded"), service),
    wordsAreOurs: true,
  },
  {
    name: "body-too-large",
    when: "a body over the limit",
    providers: ALL,
    make: async (good, service) => Object.assign(await signed(good, service), { bodyTooLarge: true, body: NOTHING }),
  },
  {
    name: "body-invalid",
    when: "a field that is missing",
    providers: ALL,
    make: withFields({ max_tokens: undefined }),
  },
  {
    name: "body-invalid",
    when: "a field that is missing, in the older words of Bedrock",
    providers: BEDROCK,
    make: withFields({ max_tokens: undefined }),
    options: { facts: { schemaWordsOnBedrock: "JSON schema" } },
  },
  { name: "body-invalid", when: "a field of another type", providers: ALL, make: withFields({ max_tokens: "16" }) },
  { name: "body-invalid", when: "a field that is not known", providers: ALL, make: withFields({ chat_id: "1" }) },
  {
    name: "beta-unknown",
    when: "a beta that is not taken, in the body",
    providers: BEDROCK,
    make: withFields({ anthropic_beta: ["made-up-2026-01-01"] }),
  },
  {
    name: "beta-unknown",
    when: "a beta that is not taken, in the header",
    providers: PLATFORM,
    make: (good, service) => signed(withHeader(good, "anthropic-beta", "made-up-2026-01-01"), service),
    options: { facts: { unknownBetasOnMessagesApi: "refuse" } },
  },
  {
    name: "capability-missing",
    when: "a parameter that the model no longer takes",
    providers: ALL,
    make: async (good, service) => {
      const asked = await asking("claude-opus-4-7", "us.anthropic.claude-opus-4-7")(good, service);
      return signed(withBody(withHeader(asked, "authorization"), { temperature: 0 }), service);
    },
  },
  {
    name: "model-unknown",
    when: "a model that is not there, in the body",
    providers: PLATFORM,
    make: withFields({ model: "us.anthropic.claude-sonnet-4-6" }),
  },
  {
    name: "model-unknown",
    when: "a model or profile that this region does not have",
    providers: BEDROCK,
    make: invoking("eu.anthropic.claude-sonnet-4-6"),
  },
  {
    name: "model-not-served",
    when: "an ID with a geography, or without `anthropic.`",
    providers: ["mantle"],
    make: withFields({ model: "us.anthropic.claude-opus-4-7" }),
  },
  {
    name: "model-needs-profile",
    when: "the bare ID of a model that is served through profiles",
    providers: BEDROCK,
    make: invoking("anthropic.claude-opus-4-7"),
  },
  {
    name: "model-access-denied",
    when: "a model to which access was not granted",
    providers: ALL,
    make: asking("claude-opus-4-6", "us.anthropic.claude-opus-4-6-v1"),
    options: { deniedModels: ["claude-opus-4-6"] },
  },
  {
    name: "access-denied",
    when: "no policy allows the action",
    providers: ALL,
    make: (good, service) => signed(good, service, { credentials: ALICE }),
    options: { principals: [{ name: "alice", credentials: [ALICE], policies: [] }] },
  },
  {
    name: "access-denied",
    when: "a policy denies the action",
    providers: ALL,
    make: (good, service) => signed(good, service, { credentials: ALICE }),
    options: {
      principals: [
        { name: "alice", credentials: [ALICE], policies: [policy({ Action: "*" }, { Effect: "Deny", Action: "*" })] },
      ],
    },
  },
  {
    name: "profile-unknown",
    when: "a profile that does not exist",
    providers: BEDROCK,
    make: (good, service) => signed(at(good, "/inference-profiles/nowhere", "GET"), service),
    wordsAreOurs: true,
  },
  {
    name: "resource-unknown",
    when: "a file that does not exist",
    providers: PLATFORM,
    make: (good, service) => signed(at(good, "/v1/files/file_nowhere", "GET"), service),
  },
  {
    name: "conflict",
    when: "a second profile of one name",
    providers: BEDROCK,
    make: creatingProfile({}),
    times: 2,
    wordsAreOurs: true,
  },
  {
    name: "quota-exceeded",
    when: "one profile more than the account may have",
    providers: BEDROCK,
    make: creatingProfile({}),
    options: { maxResources: 0 },
    wordsAreOurs: true,
  },
  {
    name: "too-many-tags",
    when: "51 tags",
    providers: BEDROCK,
    make: creatingProfile({ tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "v" })) }),
    wordsAreOurs: true,
  },
  {
    name: "use-case-missing",
    when: "the first inference of an account",
    providers: BEDROCK,
    make: asIs,
    options: { useCaseForm: "missing" },
  },
  failing("billing", "a payment that failed"),
  {
    name: "throttled",
    when: "too many requests or tokens",
    providers: ALL,
    make: asIs,
    options: { scenario: { replies: [{ reply: { throttle: {} } }] } },
  },
  {
    name: "overloaded",
    when: "no capacity",
    providers: ALL,
    make: asIs,
    options: { scenario: { replies: [{ reply: { overload: {} } }] } },
  },
  failing("unavailable", "a service that is down"),
  failing("timed-out", "an answer that takes too long"),
  failing("model-error", "a model that fails"),
  failing("internal", "a service that fails"),
];
