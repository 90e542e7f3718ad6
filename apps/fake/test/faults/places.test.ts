import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { APIUserAbortError } from "@anthropic-ai/sdk";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { createFake, type Fake, FakeError, type ScenarioFault, type ScenarioRow } from "../../src/index.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, serve } from "../../src/server.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";

const fakeOf = (fault: ScenarioFault): Fake => {
  const fake = createFake({ scenario: { replies: [{ reply: { text: "It rains in Paris" }, fault }] } });
  onTestFinished(() => fake.close());
  return fake;
};

const client = (options: ConstructorParameters<typeof AnthropicAws>[0] = {}): AnthropicAws =>
  new AnthropicAws({
    workspaceId: WORKSPACE_ID,
    awsRegion: "us-east-1",
    awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
    awsSecretAccessKey: EXAMPLE_CREDENTIALS.secretAccessKey,
    maxRetries: 0,
    ...options,
  });

const ASK = {
  model: "claude-sonnet-4-6",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "Weather?" }],
};

/** How a stream ends that is read to its end: the text that came, and the error. */
async function read(anthropic: AnthropicAws): Promise<{ text: string; error: string | undefined }> {
  let text = "";
  try {
    for await (const event of await anthropic.messages.create({ ...ASK, stream: true })) {
      if (event.type === "content_block_delta" && event.delta.type === "text_delta") text += event.delta.text;
    }
    return { text, error: undefined };
  } catch (error) {
    return { text, error: (error as Error).name };
  }
}

describe("in process", () => {
  const message = "found the fault reset, which cannot be done in process, expected a fault that can, such as cut";

  test("a reset is refused where handlers or a fetch are asked for, with the way out", async () => {
    const fake = fakeOf({ kind: "reset" });
    let error: unknown;
    try {
      void fake.handlers;
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FakeError);
    expect(error).toMatchObject({ code: "SCENARIO_VALUE", path: "replies[0].fault" });
    expect((error as FakeError).message).toContain(message);
    expect((error as FakeError).fix).toContain("listen()");
    await expect(fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/models")).rejects.toThrow(message);
  });

  test("a reset is done on a port, whatever else the fake is used for", async () => {
    const fake = fakeOf({ kind: "reset" });
    const { url } = await fake.listen({ port: 0 });
    await expect(client({ baseURL: url }).messages.create(ASK)).rejects.toMatchObject({ name: "APIConnectionError" });
  });

  test("a cut stream fails where it is read", async () => {
    const fake = fakeOf({ kind: "cut", afterEvents: 4 });
    const { text, error } = await read(client({ fetch: fake.fetch }));

    expect(error).toBeDefined();
    expect(text).toBe("It rains");
    const [entry] = fake.journal.snapshot().exchanges;
    expect(entry).toMatchObject({ fault: { kind: "cut" }, end: { outcome: "server-cut" } });
  });

  test("a fault of the service is answered", async () => {
    const fake = fakeOf({ kind: "overload", retryAfterSeconds: 0, times: 1 });
    const { content } = await client({ fetch: fake.fetch, maxRetries: 1 }).messages.create(ASK);
    expect(content).toMatchObject([{ text: "It rains in Paris" }]);
  });
});

describe("a stall", () => {
  const stalled = async (fault: ScenarioFault) => {
    const { promise: met, resolve } = Promise.withResolvers<void>();
    const reply = () => {
      resolve();
      return { text: "It rains in Paris" };
    };
    const core = createFakeCore({ scenario: { replies: [{ reply, fault }] } });
    const server = await serve(core, { port: 0 });
    onTestFinished(() => server.close());
    return { core, met, anthropic: client({ baseURL: server.url }) };
  };
  const ended = (core: Pick<Fake, "journal">) =>
    new Promise((resolve) => {
      const stop = core.journal.subscribe((entry) => {
        stop();
        resolve(entry);
      });
    });

  test("before anything lasts until the client leaves", async () => {
    const { core, met, anthropic } = await stalled({ kind: "stall" });
    const end = ended(core);
    const controller = new AbortController();
    const answer = anthropic.messages.create(ASK, { signal: controller.signal });
    const left = answer.catch((error: unknown) => error);
    await met;
    controller.abort();
    expect(await left).toBeInstanceOf(APIUserAbortError);
    expect(await end).toMatchObject({ fault: { kind: "stall" }, end: { outcome: "client-left", bytes: 0 } });
  });

  test("in a stream lasts until the client leaves, who has what came before", async () => {
    const { core, anthropic } = await stalled({ kind: "stall", afterEvents: 4 });
    const end = ended(core);
    const stream = await anthropic.messages.create({ ...ASK, stream: true });
    let text = "";
    for await (const event of stream) {
      if (event.type !== "content_block_delta" || event.delta.type !== "text_delta") continue;
      text += event.delta.text;
      stream.controller.abort();
    }
    expect(text).toBe("It rains");
    expect(await end).toMatchObject({ fault: { kind: "stall" }, end: { outcome: "client-left" } });
  });

  test.each<ScenarioFault>([{ kind: "stall" }, { kind: "stall", afterEvents: 4 }, { kind: "stall", afterBytes: 10 }])(
    "ends with the reset of the fake: %o",
    async (fault) => {
      const { core, met, anthropic } = await stalled(fault);
      const ending = read(anthropic);
      await met;
      // Until it is: a stream stalls where its body is asked for.
      const release = setInterval(() => core.reset(), 5);
      const { error } = await ending;
      clearInterval(release);
      expect(error).toBeDefined();
    },
  );

  test.each<[what: string, row: ScenarioRow, said: RegExp]>([
    ["a stall", { fault: { kind: "stall" } }, /APIConnectionError/],
    ["a delay", { reply: { text: "It rains", delayMs: 600_000 } }, /It rains/],
  ])("does not hold the fake up that is closed, and neither does a delay: %s", async (_, row, said) => {
    const { promise: met, resolve } = Promise.withResolvers<void>();
    const matches = (): boolean => {
      resolve();
      return true;
    };
    const fake = createFake({ scenario: { replies: [{ ...row, when: { matches } }] } });
    const { url } = await fake.listen({ port: 0 });
    const answer = client({ baseURL: url })
      .messages.create(ASK)
      .then(JSON.stringify, (error: Error) => error.constructor.name);
    await met;
    await nextTurn();
    await fake.close();
    expect(await answer).toMatch(said);
  });

  test("through fetch ends with its signal", async () => {
    const fake = fakeOf({ kind: "stall" });
    const controller = new AbortController();
    const answer = client({ fetch: fake.fetch }).messages.create(ASK, { signal: controller.signal });
    const left = answer.catch((error: unknown) => error);
    await nextTurn();
    controller.abort();
    expect(await left).toBeInstanceOf(APIUserAbortError);
  });
});

test.runIf("Deno" in globalThis)("a reset in TLS on Deno is refused (skipped: elsewhere it is done)", async () => {
  const core = createFakeCore({ scenario: { replies: [{ fault: { kind: "reset" } }] } });
  await expect(serve(core, { port: 0, tls: true })).rejects.toMatchObject({
    code: "SCENARIO_VALUE",
    found: "the fault reset, which cannot be done in TLS on Deno",
  });
});

test.skipIf("Deno" in globalThis)("a reset in TLS is done (skipped: Deno has no RST there)", async () => {
  const core = createFakeCore({ scenario: { replies: [{ fault: { kind: "reset" } }] } });
  const server = await serve(core, { port: 0, tls: true, http: "1" });
  onTestFinished(() => server.close());
  const { connect } = await import("node:tls");
  const { readFile } = await import("node:fs/promises");
  const ca = await readFile(server.certificateFile ?? "", "utf8");
  const body = JSON.stringify(ASK);
  const socket = connect({ port: server.port, host: "127.0.0.1", servername: "localhost", ca });
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    socket.on("error", resolve);
    socket.on("close", () => resolve(undefined));
    const head = [
      "POST /v1/messages HTTP/1.1",
      "host: localhost",
      "x-api-key: key",
      `anthropic-workspace-id: ${WORKSPACE_ID}`,
    ];
    const more = ["anthropic-version: 2023-06-01", "content-type: application/json", `content-length: ${body.length}`];
    socket.write(`${[...head, ...more].join("\r\n")}\r\n\r\n${body}`);
  });
  expect(error?.code).toBe("ECONNRESET");
});

test("a row that has nothing but a fault leaves to the next what it does not strike", async () => {
  const fault: ScenarioFault = { kind: "overload", retryAfterSeconds: 0, times: 1 };
  const fake = createFake({
    scenario: {
      replies: [
        { name: "busy", times: 2, fault },
        { name: "rain", reply: { text: "It rains" } },
      ],
    },
  });
  const { content } = await client({ fetch: fake.fetch, maxRetries: 1 }).messages.create(ASK);

  expect(content).toMatchObject([{ text: "It rains" }]);
  const { exchanges } = fake.journal.snapshot();
  expect(exchanges.map(({ row, fault: met }) => [row, met?.kind])).toEqual([
    ["busy", "overload"],
    ["rain", undefined],
  ]);
});

test("a fault is due for each scope by itself", async () => {
  const fake = createFake({
    scenario: { scope: { header: "x-test-id" }, replies: [{ timing: {}, fault: { kind: "throttle", times: 1 } }] },
  });
  const statusOf = (id: string) =>
    client({ fetch: fake.fetch, defaultHeaders: { "x-test-id": id } })
      .messages.create(ASK)
      .then(
        () => 200,
        (error: { readonly status: number }) => error.status,
      );

  expect([await statusOf("a"), await statusOf("b"), await statusOf("a"), await statusOf("b")]).toEqual([
    429, 429, 200, 200,
  ]);
});

test("what is not an answer of a message meets a fault, and is answered by its operation where none strikes", async () => {
  const fake = createFake({
    scenario: { replies: [{ when: { operation: "ListModels" }, fault: [{ kind: "drip" }] }] },
  });
  const response = await fake.fetch("https://aws-external-anthropic.us-east-1.api.aws/v1/models", {
    headers: { "x-api-key": "key", "anthropic-workspace-id": WORKSPACE_ID, "anthropic-version": "2023-06-01" },
  });
  expect(response.headers.get("x-claude-on-aws-fault")).toBe("drip");
  expect(await response.json()).toMatchObject({ data: expect.any(Array) });
});
