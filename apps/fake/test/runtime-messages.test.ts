import { formatServiceHost } from "@claude-on-aws/endpoints";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../src/server.ts";
import { GOOD, sign, withBody, withHeader } from "./support/requests.ts";
import { BEDROCK_KEY } from "./support/start-fake.ts";

const HOST = formatServiceHost({ provider: "bedrock", plane: "runtime", region: "us-east-1" });
const PATH = "/anthropic/v1/messages";
const PROFILE = "us.anthropic.claude-opus-5";

type Prove = (request: WireRequest) => WireRequest | Promise<WireRequest>;

const PROOFS: Readonly<Record<string, Prove>> = {
  "a signature": (request) => sign(request, "bedrock"),
  "a bearer key": (request) => withHeader(request, "authorization", `Bearer ${BEDROCK_KEY}`),
  "a key in x-api-key": (request) => withHeader(request, "x-api-key", BEDROCK_KEY),
};

interface Asked extends FakeOptions {
  readonly host?: string;
  readonly target?: string;
}

async function ask(body: object, prove: Prove, { host = HOST, target = PATH, ...options }: Asked = {}) {
  const fake = createFakeCore(options);
  const made = { ...withHeader(withBody(GOOD.mantle.request(4242), body), "host", host), target };
  const { status, headers, body: bytes } = await fake.handle({ ...(await prove(made)), wire: "received" });
  let text = "";
  if (bytes instanceof Uint8Array) text = new TextDecoder().decode(bytes);
  else for await (const chunk of bytes as AsyncIterable<Uint8Array>) text += new TextDecoder().decode(chunk);
  const entry = fake.journal.snapshot().exchanges.at(-1);
  const broken = entry?.findings.filter(({ level }) => level === "fail").map(({ rule }) => rule);
  return { status, type: new Map(headers).get("content-type"), text, entry, broken };
}

const MODELS = [PROFILE, "global.anthropic.claude-opus-5", "anthropic.claude-opus-5"];

describe("the Messages API of bedrock-runtime", () => {
  test.each(Object.entries(PROOFS).flatMap(([name, prove]) => MODELS.map((model) => [name, model, prove] as const)))(
    "answers %s for %s",
    async (_, model, prove) => {
      const { status, text, broken } = await ask({ model }, prove);

      expect([status, broken]).toEqual([200, []]);
      expect(JSON.parse(text)).toMatchObject({ type: "message", role: "assistant", model: "claude-opus-5" });
    },
  );

  test.each(Object.entries(PROOFS))("streams server-sent events for %s", async (_, prove) => {
    const { status, type, text } = await ask({ model: PROFILE, stream: true }, prove);

    expect([status, type]).toEqual([200, expect.stringContaining("text/event-stream")]);
    expect(text).toMatch(/^event: message_start\n/);
    expect(text.trimEnd()).toMatch(/"type":"message_stop"\}$/);
  });

  test("reads betas of its headers, however many carry them, and none of the body", async () => {
    const proof = PROOFS["a bearer key"] as Prove;
    const asked =
      (beta: string | undefined): Prove =>
      async (request) => {
        const { headers, ...rest } = await proof(request);
        const added = beta?.split(";").map((value) => ["Anthropic-Beta", value] as const) ?? [];
        return { ...rest, headers: [...headers, ...added] };
      };
    const managed = { model: PROFILE, context_management: { edits: [] } };
    const long = { model: "us.anthropic.claude-sonnet-4-6", max_tokens: 100_000 };
    const facts = { maxOutputTokensOfSonnet46OnBedrock: 64_000, contextBetaOnOtherModels: "refuse" } as const;

    expect((await ask(managed, asked("context-management-2025-06-27"))).status).toBe(200);
    expect((await ask(managed, asked("effort-2025-11-24; context-management-2025-06-27"))).status).toBe(200);
    expect((await ask(managed, asked(undefined))).status).toBe(400);
    expect(
      (await ask({ ...managed, anthropic_beta: ["context-management-2025-06-27"] }, asked(undefined))).status,
    ).toBe(400);
    expect((await ask(long, asked("output-128k-2025-02-19"), { facts })).status).toBe(200);
    expect((await ask(long, asked(undefined), { facts })).status).toBe(400);
    expect(await ask({ model: PROFILE }, asked("context-1m-2025-08-07"), { facts })).toMatchObject({
      status: 400,
      text: expect.stringContaining("invalid beta flag"),
    });
    expect((await ask({ model: long.model }, asked("context-1m-2025-08-07"), { facts })).status).toBe(200);
  });

  test("is asked at an address that is no host of AWS with the scope of Bedrock", async () => {
    const here = { host: "127.0.0.1:4242" };
    const sent = (service: string) => ask({ model: PROFILE }, (request) => sign(request, service), here);

    expect((await sent("bedrock")).status).toBe(200);
    expect((await sent("bedrock-mantle")).status).toBe(404);
  });

  test("takes no other scope, knows no model that the region has not, and counts no tokens", async () => {
    const proof = PROOFS["a signature"] as Prove;
    const mantle: Prove = (request) => sign(request, "bedrock-mantle");

    expect((await ask({ model: PROFILE }, mantle)).status).toBe(403);
    expect(await ask({ model: "eu.anthropic.claude-opus-5" }, proof)).toMatchObject({
      status: 400,
      broken: ["model-known"],
    });
    expect(await ask({ model: PROFILE }, proof, { target: `${PATH}/count_tokens` })).toMatchObject({
      status: 404,
      broken: ["route-known"],
    });
  });

  test.each([
    [false, "bedrock:InvokeModel"],
    [true, "bedrock:InvokeModelWithResponseStream"],
  ])("needs the action of an invocation: stream %s, %s", async (stream, Action) => {
    const allowing = (Resource: string): FakeOptions => ({
      principals: [
        {
          name: "alice",
          credentials: [EXAMPLE_CREDENTIALS],
          policies: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }],
        },
      ],
    });
    const asked = { model: PROFILE, stream };
    const proof = PROOFS["a signature"] as Prove;
    const { status, entry } = await ask(asked, proof, allowing("*"));

    expect(status).toBe(200);
    expect(entry?.permissions?.needed.map(({ action }) => action)).toEqual(
      entry?.permissions?.needed.map(() => Action),
    );
    expect(entry?.permissions?.needed[0]?.resource).toContain(`:inference-profile/${PROFILE}`);
    expect((await ask(asked, proof, allowing("arn:aws:bedrock:*::foundation-model/*"))).status).toBe(403);
    expect((await ask({ ...asked, stream: !stream }, proof, allowing("*"))).status).toBe(403);
  });
});
