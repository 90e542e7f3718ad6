import { pick, seededRandom } from "@claude-on-aws/fixtures";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { CHECKS } from "../src/checks.ts";
import { createFakeCore } from "../src/create/fake-core.ts";
import { EXAMPLE_CREDENTIALS } from "../src/settings/example-credentials.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./support/requests.ts";

type Mistake = (request: WireRequest) => WireRequest;

const MAX_BODY_BYTES = 33_554_432;
/** One for all: it is only measured. */
const TOO_LARGE = new Uint8Array(MAX_BODY_BYTES + 1);

/** Signed by these, a request is authenticated, and nothing is allowed. */
const LIMITED = { accessKeyId: "AKIDLIMITED", secretAccessKey: "sEcReT/LIMITED" };

/** Signed by this, a request is not authenticated. */
const NOBODY = { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" };

const STRICT = { name: "f", strict: true, input_schema: { type: "object" } };

/** Mistakes that every provider can be sent. Made before signing, but for the first. */
const EVERYWHERE: Readonly<Record<string, Mistake>> = {
  authentication: (request) => request,
  permission: (request) => request,
  "body-size": (request) => ({ ...request, body: TOO_LARGE }),
  "content-type": (request) => withHeader(request, "content-type", "text/plain"),
  json: (request) => ({ ...request, body: new TextEncoder().encode("[") }),
  body: (request) => withBody(request, { max_tokens: undefined }),
  // Each of the models of these requests refuses at least one of these.
  capabilities: (request) =>
    withBody(request, { output_config: { effort: "xhigh" }, tools: [STRICT], temperature: 0.5, top_p: 0.5 }),
};

/** One mistake for each check that a provider makes. */
const MISTAKES: Readonly<Record<GoodProvider, Readonly<Record<string, Mistake>>>> = {
  "anthropic-aws": {
    ...EVERYWHERE,
    route: (request) => ({ ...request, target: "/v1/nowhere" }),
    workspace: (request) => withHeader(request, "anthropic-workspace-id", "none"),
    built: (request) => ({ ...request, target: "/v1/agents" }),
    "api-version": (request) => withHeader(request, "anthropic-version"),
    model: (request) => withBody(request, { model: "claude-unknown" }),
    "model-access": (request) => withBody(request, { model: "claude-opus-4-6" }),
    betas: (request) => withHeader(request, "anthropic-beta", "made-up-2026-01-01"),
  },
  bedrock: {
    ...EVERYWHERE,
    route: (request) => ({ ...request, target: `${request.target}/nowhere` }),
    model: (request) => ({ ...request, target: "/model/us.anthropic.claude-unknown/invoke" }),
    "invocation-headers": (request) => withHeader(request, "x-amzn-bedrock-trace", "MAYBE"),
    "model-access": (request) => ({ ...request, target: "/model/us.anthropic.claude-opus-4-6-v1/invoke" }),
    betas: (request) => withBody(request, { anthropic_beta: ["made-up-2026-01-01"] }),
  },
  mantle: {
    ...EVERYWHERE,
    route: (request) => ({ ...request, target: "/anthropic/v1/nowhere" }),
    "api-version": (request) => withHeader(request, "anthropic-version"),
    model: (request) => withBody(request, { model: "us.anthropic.claude-opus-4-7" }),
    "model-access": (request) => withBody(request, { model: "anthropic.claude-opus-4-6" }),
    betas: (request) => withHeader(request, "anthropic-beta", "made-up-2026-01-01"),
  },
};

/** The order in which mistakes can be made: one of the body's fields, or of the path, before these are broken. */
const MAKING = [
  "model-access",
  "model",
  "betas",
  "capabilities",
  "body",
  "json",
  "body-size",
  "built",
  "route",
  "workspace",
  "api-version",
  "content-type",
  "invocation-headers",
  "permission",
  "authentication",
];

const checks = CHECKS.map(({ name }) => name);
const byOrder = (names: readonly string[]): string[] => checks.filter((name) => names.includes(name));

async function judge(provider: GoodProvider, mistakes: readonly string[], onFinding: "reject" | "record" = "reject") {
  const fake = createFakeCore({
    onFinding,
    credentials: [EXAMPLE_CREDENTIALS],
    principals: [{ name: "limited", credentials: [LIMITED], policies: [] }],
    deniedModels: ["claude-opus-4-6"],
    facts: { unknownBetasOnMessagesApi: "refuse", maxInvokeModelBodyBytes: MAX_BODY_BYTES },
    // What is refused is not explained: only the order counts here.
    maxDiagnosisCandidates: 0,
  });
  const { service, request } = GOOD[provider];
  const wrong = MAKING.filter((name) => mistakes.includes(name)).reduce(
    (made, name) => MISTAKES[provider][name]?.(made) ?? made,
    request(4242),
  );
  const signed = await sign(wrong, service, {
    // Hashing 32 MB for each of them would prove nothing.
    ...(wrong.body === TOO_LARGE ? { payloadHash: "0".repeat(64) } : {}),
    ...(mistakes.includes("permission") ? { credentials: LIMITED } : {}),
    ...(mistakes.includes("authentication") ? { credentials: NOBODY } : {}),
  });
  const reply = await fake.handle({ ...signed, wire: "received" });
  const found = fake.journal.snapshot().exchanges[0]?.checks ?? [];
  return { status: reply.status, failed: found.flatMap(({ check, fault }) => (fault ? [check] : [])) };
}

function triples(names: readonly string[], count: number): string[][] {
  const random = seededRandom(20_261_121);
  const drawn = new Set<string>();
  while (drawn.size < count) {
    const three = new Set<string>();
    while (three.size < 3) three.add(pick(random, names));
    drawn.add(byOrder([...three]).join());
  }
  return [...drawn].map((three) => three.split(","));
}

test("every check has its mistake with some provider", () => {
  expect(byOrder(Object.values(MISTAKES).flatMap((mistakes) => Object.keys(mistakes)))).toEqual(checks);
});

describe.each(Object.keys(MISTAKES) as GoodProvider[])("which error of %s wins", (provider) => {
  const names = byOrder(Object.keys(MISTAKES[provider]));
  const pairs = names.flatMap((first, index) =>
    names.slice(index + 1).map((second): [first: string, second: string] => [first, second]),
  );

  test.each(names)("%s is found alone", async (name) => {
    expect((await judge(provider, [name])).failed).toEqual([name]);
  });

  test.each(pairs)("%s wins over %s", async (first, second) => {
    expect((await judge(provider, [second, first])).failed).toEqual([first]);
  });

  test.each(triples(names, 40))("%s wins over %s and %s", async (first, second, third) => {
    expect((await judge(provider, [third, second, first])).failed).toEqual([first]);
  });
});

describe("onFinding: record", () => {
  const BORNE: Readonly<Record<GoodProvider, readonly string[]>> = {
    "anthropic-aws": ["authentication", "workspace", "api-version", "content-type", "model-access", "betas", "body"],
    bedrock: ["authentication", "content-type", "invocation-headers", "model-access", "betas", "body"],
    mantle: ["authentication", "api-version", "content-type", "model-access", "betas", "body"],
  };

  test.each(Object.keys(BORNE) as GoodProvider[])(
    "%s answers all the same and notes what is wrong",
    async (provider) => {
      const { status, failed } = await judge(provider, BORNE[provider], "record");

      expect(status).toBe(200);
      expect(failed).toEqual(BORNE[provider]);
    },
  );

  test.each(Object.keys(BORNE) as GoodProvider[])("%s answers whoever may not, and notes it", async (provider) => {
    expect(await judge(provider, ["permission"], "record")).toEqual({ status: 200, failed: ["permission"] });
  });

  test.each(["body-size", "route", "built", "json", "model"])(
    "refuses all the same where %s leaves nothing to answer",
    async (name) => {
      expect((await judge("anthropic-aws", [name], "record")).status).toBeGreaterThanOrEqual(400);
    },
  );
});
