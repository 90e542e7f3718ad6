import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { describe, expect, test } from "vitest";
import { HeaderList } from "../src/answer/header-list.ts";
import { Stop } from "../src/send/stop.ts";
import { createFetchTransport } from "../src/transport/fetch-transport.ts";
import { createNodeHttpTransport } from "../src/transport/node-http-transport.ts";
import { createRuntimeTransport } from "../src/transport/runtime-transport.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../src/transport/transport.ts";
import { json, startUpstream } from "./support/upstream.ts";

const upstream = startUpstream();
const last = () => upstream.received.at(-1);

const TRANSPORTS: Readonly<Record<string, () => Transport>> = {
  "that of this runtime": () => createRuntimeTransport(),
  "node:http": () => createNodeHttpTransport({ http, https }),
  fetch: () => createFetchTransport(),
};

const readAll = async ({ body }: TransportAnswer): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for (let part = await body?.read(); part; part = await body?.read()) parts.push(part);
  return Buffer.concat(parts);
};
const header = ({ headers }: TransportAnswer, name: string): string | null => new HeaderList([...headers]).get(name);
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe.each(Object.entries(TRANSPORTS))("a transport, %s", (_, make) => {
  const transport = make();
  const send = (more: Partial<TransportRequest> & { stop?: Stop } = {}): Promise<TransportAnswer> => {
    const stop = more.stop ?? new Stop();
    return transport.send({
      method: "POST",
      url: new URL("/v1/messages?a=b%20c&d", upstream.url),
      headers: [
        ["content-type", "application/json"],
        ["accept-encoding", "identity"],
        ["x-own", "a, b"],
      ],
      body: new TextEncoder().encode("{}"),
      signal: stop.signal,
      stop,
      onConnect: () => {},
      ...more,
    });
  };

  test("sends method, target, headers and body as they are, and gives status, headers and body", async () => {
    upstream.answer = json(418, { a: "é" }, { "x-answer": "1", "request-id": "req_1" });
    let connected = 0;
    const answer = await send({ onConnect: () => (connected += 1) });

    expect(last()).toMatchObject({ method: "POST", target: "/v1/messages?a=b%20c&d" });
    expect(last()?.headers).toMatchObject({
      "content-type": "application/json",
      "accept-encoding": "identity",
      "x-own": "a, b",
      "content-length": "2",
    });
    expect(last()?.headers.host).toBe(new URL(upstream.url).host);
    expect(new TextDecoder().decode(last()?.body)).toBe("{}");
    expect([answer.status, header(answer, "x-answer"), header(answer, "request-id")]).toEqual([418, "1", "req_1"]);
    expect(new TextDecoder().decode(await readAll(answer))).toBe('{"a":"é"}');
    expect(connected).toBeGreaterThan(0);
  });

  test.each(["GET", "DELETE", "POST"])("sends %s without a body", async (method) => {
    upstream.answer = json(200, {});
    await readAll(await send({ method, body: null }));

    expect([last()?.method, last()?.body.length]).toEqual([method, 0]);
  });

  test("gives the head of an answer without a body", async () => {
    upstream.answer = (_request, response) => response.writeHead(204, { "x-a": "1" }).end();
    const answer = await send({ method: "DELETE", body: null });

    expect([answer.status, header(answer, "x-a"), (await readAll(answer)).length]).toEqual([204, "1", 0]);
  });

  test("carries megabytes both ways without loss, from bytes and from a stream", async () => {
    const bytes = new Uint8Array(randomBytes(3_000_000));
    const hash = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");
    upstream.answer = ({ body }, response) => response.end(body);
    const stream = (): ReadableStream<Uint8Array> => new Blob([bytes]).stream();

    for (const body of [bytes, stream()]) expect(hash(await readAll(await send({ body })))).toBe(hash(bytes));
  });

  test.each(["a\r\nx-other: b", "a\nx-other: b", "a\0b"])("sends no header whose value is %j", async (value) => {
    const seen = upstream.received.length;
    upstream.answer = json(200, {});
    expect(await errorOf(send({ headers: [["x-own", value]] }))).toBeInstanceOf(Error);
    expect(await errorOf(send({ headers: [[`x-own: a\r\nx`, "b"]] }))).toBeInstanceOf(Error);

    expect(upstream.received.length).toBe(seen);
  });

  test("follows no redirect", async () => {
    upstream.answer = (_request, response) => response.writeHead(307, { location: "/elsewhere" }).end();
    const answer = await send();
    answer.body?.cancel();

    expect([answer.status, header(answer, "location")]).toEqual([307, "/elsewhere"]);
  });

  test("fails with the reason of its signal: before it begins, before the first byte, within the body", async () => {
    const reason = new Error("enough");
    const before = new Stop();
    before.stop(reason);
    expect(await errorOf(send({ stop: before }))).toBe(reason);

    const early = new Stop();
    upstream.answer = () => early.stop(reason);
    const closedEarly = upstream.closed();
    expect(await errorOf(send({ stop: early }))).toBe(reason);
    await closedEarly;

    const late = new Stop();
    upstream.answer = (_request, response) => void response.write("a");
    const closedLate = upstream.closed();
    const answer = await send({ stop: late });
    await answer.body?.read();
    const reading = errorOf(Promise.resolve(answer.body?.read()));
    late.stop(reason);
    expect(await reading).toBe(reason);
    await closedLate;
  });

  test("fails where nobody listens, and where the connection breaks", async () => {
    expect(await errorOf(send({ url: new URL("http://127.0.0.1:1/") }))).toBeInstanceOf(Error);
    upstream.answer = (_request, response) => response.destroy();
    expect(await errorOf(send())).toBeInstanceOf(Error);
    upstream.answer = (_request, response) => {
      response.writeHead(200, { "content-length": "10" }).write("a");
      setImmediate(() => response.destroy());
    };
    expect(await errorOf(send().then(readAll))).toBeInstanceOf(Error);
  });

  test("closes the connection of what is cancelled", async () => {
    upstream.answer = (_request, response) => void response.write("a");
    const closed = upstream.closed();
    const answer = await send();
    answer.body?.cancel();

    await expect(closed).resolves.toBeUndefined();
  });
});

test("more exchanges than Bun's fetch has at once are all under way together", async () => {
  const COUNT = 300;
  const transport = createRuntimeTransport();
  const waiting: http.ServerResponse[] = [];
  upstream.answer = (_request, response) => {
    waiting.push(response.writeHead(200, { "content-type": "text/event-stream" }));
    response.write("a");
    // None ends before all have begun.
    if (waiting.length === COUNT) for (const each of waiting) each.end("b");
  };
  const answers = await Promise.all(
    Array.from({ length: COUNT }, async () => {
      const stop = new Stop();
      const request = { method: "POST", url: new URL(upstream.url), headers: [], body: new Uint8Array([1]), stop };
      return readAll(await transport.send({ ...request, signal: stop.signal, onConnect: () => {} }));
    }),
  );

  expect(new Set(answers.map((bytes) => new TextDecoder().decode(bytes)))).toEqual(new Set(["ab"]));
});
