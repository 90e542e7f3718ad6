/**
 * The floor: the least that a signing proxy does, in some 40 lines, on what each runtime has for it. A token is compared, the body is read
 * and hashed, the request is signed and sent, the answer's bytes are copied. Nothing is checked, counted, limited or written down.
 */
import { createHash, createHmac } from "node:crypto";
import { Agent, createServer, request as send } from "node:http";
import { CREDENTIALS, REGION, TOKEN, WORKSPACE_ID } from "./terms.ts";

const hash = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const mac = (key: Uint8Array | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

let signingKey: { readonly day: string; readonly key: Uint8Array } | undefined;

function sign(host: string, version: string, body: Uint8Array): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const scope = [REGION, "aws-external-anthropic", "aws4_request"];
  if (signingKey?.day !== day) {
    const first = mac(`AWS4${CREDENTIALS.secretAccessKey}`, day);
    signingKey = { day, key: scope.reduce<Uint8Array>((key, part) => mac(key, part), first) };
  }
  const headers: Record<string, string> = {
    "anthropic-version": version,
    "anthropic-workspace-id": WORKSPACE_ID,
    "content-type": "application/json",
    host,
    "x-amz-content-sha256": hash(body),
    "x-amz-date": time,
  };
  const names = Object.keys(headers).toSorted();
  const lines = names.map((name) => `${name}:${headers[name]}`);
  const canonical = ["POST", "/v1/messages", "", ...lines, "", names.join(";"), headers["x-amz-content-sha256"]].join(
    "\n",
  );
  const path = [day, ...scope].join("/");
  const signature = mac(signingKey.key, `AWS4-HMAC-SHA256\n${time}\n${path}\n${hash(canonical)}`).toString("hex");
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/${path}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return headers;
}

/** Serves with what the runtime has: `Bun.serve`, `Deno.serve`, or `node:http`. */
export async function serveFloor(upstream: string): Promise<number> {
  const { host, hostname, port: upstreamPort } = new URL(upstream);
  const answer = async (request: Request): Promise<Response> => {
    if (request.headers.get("authorization") !== `Bearer ${TOKEN}`) return new Response(null, { status: 401 });
    const body = new Uint8Array(await request.arrayBuffer());
    const headers = sign(host, request.headers.get("anthropic-version") ?? "", body);
    const {
      status,
      headers: given,
      body: stream,
    } = await fetch(`${upstream}/v1/messages`, { method: "POST", headers, body });
    return new Response(stream, { status, headers: { "content-type": given.get("content-type") ?? "" } });
  };
  const { Bun, Deno } = globalThis as unknown as Record<
    "Bun" | "Deno",
    { serve: (...args: unknown[]) => never } | undefined
  >;
  if (Bun !== undefined) return (Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer }) as { port: number }).port;
  if (Deno !== undefined) {
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer) as { addr: { port: number } };
    return server.addr.port;
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 4096, scheduling: "lifo" });
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      const headers = {
        ...sign(host, String(request.headers["anthropic-version"]), body),
        "content-length": body.length,
      };
      const options = { host: hostname, port: upstreamPort, path: "/v1/messages", method: "POST", agent, headers };
      const outgoing = send(options, (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(response);
      });
      outgoing.on("error", () => response.destroy());
      outgoing.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}
