/**
 * A server to measure. Usage: server.ts KIND, one of `listen`, `listen-http1`, `node-http` and `fetch`; prints its URL.
 *
 * All do the same: read the body, answer a kilobyte of JSON, or 50 pieces that are ready at once to `/pieces`. `/cpu` says
 * what the process has used so far.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listen } from "../src/index.ts";

type Fetch = (request: Request) => Promise<Response>;
declare const Bun: { serve(options: { port: number; hostname: string; fetch: Fetch }): { port: number } } | undefined;
declare const Deno: {
  serve(options: { port: number; hostname: string; onListen: () => void }, handler: Fetch): { addr: { port: number } };
};

const encoder = new TextEncoder();
const HEADERS = [
  ["content-type", "application/json"],
  ["x-request-id", "0123456789abcdef0123456789abcdef"],
  ["cache-control", "no-store"],
] as const;
const JSON_BODY = encoder.encode(JSON.stringify({ text: "x".repeat(1_000) }));
const PIECES = Array.from({ length: 50 }, (_, index) =>
  encoder.encode(`data: {"index":${index},"text":"a few words"}\n\n`),
);
const MAX_BODY_BYTES = 10_000_000;

const cpu = (): Uint8Array<ArrayBuffer> => {
  const { user, system } = process.cpuUsage();
  return encoder.encode(String(user + system));
};

const SERVERS: Readonly<Record<string, () => Promise<number>>> = {
  listen: () => serveListen(true),
  "listen-http1": () => serveListen(false),
  "node-http": serveNodeHttp,
  fetch: () => Promise.resolve(serveFetch()),
};

async function serveListen(http2: boolean): Promise<number> {
  const { port } = await listen(
    async ({ target }, request) => {
      await request.read(MAX_BODY_BYTES);
      if (target === "/cpu") return { status: 200, headers: HEADERS, body: cpu() };
      return { status: 200, headers: HEADERS, body: target === "/pieces" ? PIECES : JSON_BODY };
    },
    { http2 },
  );
  return port;
}

/** Node's own server, as short as it can be. */
async function serveNodeHttp(): Promise<number> {
  const headers = HEADERS.flat();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (chunks.length > 1) Buffer.concat(chunks);
      if (request.url === "/pieces") {
        response.writeHead(200, headers);
        response.cork();
        for (const piece of PIECES) response.write(piece);
        response.end();
        return;
      }
      const body = request.url === "/cpu" ? cpu() : JSON_BODY;
      response.writeHead(200, [...headers, "content-length", String(body.length)]);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** The runtime's own server for `Request` and `Response`, as short as it can be. */
function serveFetch(): number {
  const headers = HEADERS.map(([name, value]): [string, string] => [name, value]);
  const answer: Fetch = async (request) => {
    await request.arrayBuffer();
    const target = request.url.slice(request.url.indexOf("/", 8));
    if (target === "/cpu") return new Response(cpu(), { headers });
    if (target !== "/pieces") return new Response(JSON_BODY, { headers });
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const piece of PIECES) controller.enqueue(piece);
        controller.close();
      },
    });
    return new Response(stream, { headers });
  };
  return typeof Bun === "undefined"
    ? Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer).addr.port
    : Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer }).port;
}

const start = SERVERS[process.argv[2] ?? ""];
if (start === undefined)
  throw new Error(`Cannot serve "${process.argv[2]}": expected ${Object.keys(SERVERS).join(", ")}`);
console.log(`http://127.0.0.1:${await start()}`);
