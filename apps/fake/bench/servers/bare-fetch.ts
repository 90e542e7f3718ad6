import { hash } from "node:crypto";
import { cannedFor, isStreamAsked } from "./canned.ts";

type Handler = (request: Request) => Promise<Response>;

declare const Bun: { serve(options: { port: number; hostname: string; fetch: Handler }): { port: number } } | undefined;
declare const Deno: {
  serve(
    options: { port: number; hostname: string; onListen: () => void },
    handler: Handler,
  ): { addr: { port: number } };
};

/** The physical limit on Bun and Deno: the body is read and hashed, known bytes are answered at once. */
const answer: Handler = async (request) => {
  const body = Buffer.from(await request.arrayBuffer());
  hash("sha256", body);
  const target = request.url.slice(request.url.indexOf("/", 8));
  const { type, whole } = cannedFor(target, isStreamAsked(body));
  return new Response(whole, { headers: { "content-type": type } });
};

const port =
  typeof Bun === "undefined"
    ? Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer).addr.port
    : Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer }).port;
console.log(`http://127.0.0.1:${port}`);
