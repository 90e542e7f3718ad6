import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { ConverseCommand, BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ScenarioFault } from "../../src/index.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeCore, type FakeOptions, serve } from "../../src/server.ts";
import { WORKSPACE_DEFAULTS } from "../../src/stores/workspaces/stored-workspace.ts";
import type { WireReply } from "../../src/terms/wire.ts";
import { BEDROCK_MODEL } from "../clients/make-clients.ts";
import { WORKSPACE_ID, WORKSPACE_KEY } from "../support/start-fake.ts";

const ID = "00000000-0000-4000-8000-000000000001";
const NOW = new Date();
const MINUTE_MS = 60_000;
const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const OTHER_CREDENTIALS = { accessKeyId: "AKIAOTHER", secretAccessKey: "other" };

/** The wire of an exchange: everything that both fakes are told, and what they answer. */
type Handle = FakeCore["handle"];

/** Records what clients send, word for word, so that two fakes can be asked the same. */
async function recordRequest(send: (url: string) => Promise<unknown>): Promise<Parameters<Handle>[0]> {
  const core = createFakeCore({ workspaces: [WORKSPACE_ID], apiKeys: [WORKSPACE_KEY] });
  const seen: Parameters<Handle>[0][] = [];
  const handle: Handle = (request) => {
    const { method, target, headers, httpVersion, body } = request;
    seen.push({ method, target, headers, httpVersion, body, wire: "received" });
    return core.handle(request);
  };
  const server = await serve({ ...core, handle }, { port: 0 });
  onTestFinished(() => server.close());
  await send(server.url);
  return seen[0] as Parameters<Handle>[0];
}

const ask = { max_tokens: 20, messages: [{ role: "user" as const, content: "Weather?" }] };

/** The official clients, and their ways to say who they are. */
const CLIENTS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  "@anthropic-ai/aws-sdk with a signature": (url) =>
    new AnthropicAws({
      baseURL: url,
      workspaceId: WORKSPACE_ID,
      awsRegion: "us-east-1",
      awsAccessKey: accessKeyId,
      awsSecretAccessKey: secretAccessKey,
    }).messages.create({ ...ask, model: "claude-sonnet-4-6" }),
  "@anthropic-ai/aws-sdk with a key": (url) =>
    new AnthropicAws({ baseURL: url, workspaceId: WORKSPACE_ID, apiKey: WORKSPACE_KEY }).messages.create({
      ...ask,
      model: "claude-sonnet-4-6",
    }),
  "@anthropic-ai/bedrock-sdk": (url) =>
    new AnthropicBedrock({
      baseURL: url,
      awsRegion: "us-east-2",
      awsAccessKey: accessKeyId,
      awsSecretKey: secretAccessKey,
    }).messages.create({ ...ask, model: BEDROCK_MODEL }),
  "AWS's SDK over HTTP/2": (url) => converse(url, {}),
  "AWS's SDK over HTTP/1.1": (url) => converse(url, { requestHandler: new NodeHttpHandler() }),
};

async function converse(url: string, config: ConstructorParameters<typeof BedrockRuntimeClient>[0]): Promise<void> {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new BedrockRuntimeClient({ region: "us-east-2", endpoint: url, credentials, ...config });
  await client.send(
    new ConverseCommand({ modelId: BEDROCK_MODEL, messages: [{ role: "user", content: [{ text: "?" }] }] }),
  );
  client.destroy();
}

/** A world in which what a fault speaks of is so, and what of a request arrives in it. */
interface World {
  readonly options: FakeOptions;
  readonly change?: (request: Parameters<Handle>[0]) => Parameters<Handle>[0];
  /** What was done in it before. */
  readonly prepare?: (core: FakeCore) => void;
}

const DENIAL = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" },
    { Sid: "DenyRegion", Effect: "Deny", Action: "*", Resource: "*" },
  ],
};

const WORLDS: readonly (readonly [fault: ScenarioFault, world: World])[] = [
  [
    { kind: "expired-credentials" },
    {
      options: {
        credentials: [{ ...EXAMPLE_CREDENTIALS, expiration: NOW }],
        apiKeys: [{ key: WORKSPACE_KEY, expiration: NOW }],
      },
    },
  ],
  [{ kind: "rotated-key" }, { options: { credentials: [OTHER_CREDENTIALS], apiKeys: [] } }],
  [{ kind: "clock-skew" }, { options: { now: () => new Date(NOW.getTime() + 15 * MINUTE_MS) } }],
  [{ kind: "clock-skew", minutes: -90 }, { options: { now: () => new Date(NOW.getTime() - 90 * MINUTE_MS) } }],
  [
    { kind: "denied-region" },
    {
      options: {
        principals: [
          {
            arn: "arn:aws:iam::123456789012:user/administrator",
            credentials: [EXAMPLE_CREDENTIALS],
            apiKeys: [WORKSPACE_KEY],
            policies: [DENIAL],
          },
        ],
      },
    },
  ],
  [
    { kind: "revoked-workspace" },
    {
      options: {},
      prepare: ({ state }) =>
        void state.resources.workspaces.keep({
          ...WORKSPACE_DEFAULTS,
          id: WORKSPACE_ID,
          name: "old",
          createdAt: NOW,
          archivedAt: NOW,
        }),
    },
  ],
  [{ kind: "withdrawn-model" }, { options: { deniedModels: ["claude-sonnet-4-6", BEDROCK_MODEL] } }],
  [
    { kind: "rewritten-header" },
    {
      options: {},
      change: (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) =>
          /^(?:host|:authority)$/i.test(name) ? [name, "proxy.internal"] : [name, value],
        ),
      }),
    },
  ],
];

const fakeOf = (options: FakeOptions): FakeCore =>
  createFakeCore({
    workspaces: [WORKSPACE_ID],
    apiKeys: [WORKSPACE_KEY],
    now: () => NOW,
    randomUuid: () => ID,
    ...options,
  });

/** What is of the fake alone, and the time. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  "x-claude-on-aws-fault",
  "x-claude-on-aws-row",
  "x-claude-on-aws-exchange",
  "date",
]);

/** An answer as it is compared. */
const written = ({ status, headers, body }: WireReply) => ({
  status,
  headers: headers.filter(([name]) => !NOT_COMPARED.has(name)),
  body: new TextDecoder().decode(body as Uint8Array),
});

describe.each(Object.entries(CLIENTS))("a request of %s", (client, send) => {
  const cases = WORLDS.map(([fault, world]) => [JSON.stringify(fault), fault, world] as const);

  test.each(cases)(
    "meets %s as it meets the real thing, byte for byte",
    async (_, fault, { options, change, prepare }) => {
      const request = await recordRequest(send);
      const world = fakeOf(options);
      prepare?.(world);
      const real = await world.handle(change?.(request) ?? request);
      const injected = fakeOf({ scenario: { replies: [{ fault }] } });
      const reply = await injected.handle(request);

      const isMet = reply.headers.some(([name, value]) => name === "x-claude-on-aws-fault" && value === fault.kind);
      // A key has no time of signing, and signs nothing; Amazon Bedrock has no workspaces.
      const isOfSignature = fault.kind === "clock-skew" || fault.kind === "rewritten-header";
      const needsWorkspace = fault.kind === "revoked-workspace";
      expect(isMet).toBe(
        !(isOfSignature && client.endsWith("with a key")) &&
          !(needsWorkspace && !client.startsWith("@anthropic-ai/aws-sdk")),
      );
      if (isMet) expect(written(reply)).toEqual(written(real));
      expect(reply.status >= 400).toBe(isMet);
      const [entry] = injected.journal.snapshot().exchanges;
      expect(entry?.findings.filter(({ level }) => level !== "pass")).toEqual([]);
      expect(entry?.fault?.kind).toBe(isMet ? fault.kind : undefined);
      expect(entry?.fault?.refusal === undefined).toBe(!isMet);
    },
  );
});

test("a moved clock is told by the Date of the refusal, and is none once the fake is reset", async () => {
  const fake = fakeOf({ scenario: { replies: [{ fault: { kind: "clock-skew", minutes: 30 } }] } });
  const request = await recordRequest(CLIENTS["@anthropic-ai/bedrock-sdk"] as never);
  const { headers } = await fake.handle(request);
  expect(new Headers(headers.map(([name, value]) => [name, value])).get("date")).toBe(
    new Date(NOW.getTime() + 30 * MINUTE_MS).toUTCString(),
  );
  expect([...fake.state.toldSkewsMs]).toEqual([30 * MINUTE_MS]);
  fake.reset();
  expect([...fake.state.toldSkewsMs]).toEqual([]);
});

test("a header that a real proxy rewrites is refused as the fault is", async () => {
  const core = fakeOf({
    now: undefined,
    scenario: { replies: [{ when: { text: "ask" }, fault: { kind: "rewritten-header" } }] },
  });
  const server = await serve(core, { port: 0 });
  onTestFinished(() => server.close());
  // A proxy as they are: it sends on what it got, under a name of its own.
  const proxy = createServer((incoming, outgoing) => {
    const forwarded = httpRequest(
      {
        port: server.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: "proxy.internal" },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const client = (baseURL: string): AnthropicBedrock =>
    new AnthropicBedrock({ baseURL, awsRegion: "us-east-2", awsAccessKey: accessKeyId, awsSecretKey: secretAccessKey });
  const messageOf = (url: string, content: string): Promise<string> =>
    client(url)
      .messages.create({ model: BEDROCK_MODEL, max_tokens: 20, messages: [{ role: "user", content }] })
      .then(
        () => "answered",
        (error: Error) => error.message,
      );

  const direct = await messageOf(server.url, "ask");
  const throughProxy = await messageOf(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, "pass");

  expect(direct).toContain("does not match the signature you provided");
  expect(throughProxy.split("\n")[0]).toBe(direct.split("\n")[0]);
});
