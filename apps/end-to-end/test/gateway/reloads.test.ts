import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { sendBytes } from "@claude-on-aws/fixtures/abuse";
import { LOCALHOST, OTHER } from "@claude-on-aws/fixtures/certificates";
import { type GatewayServer, type GatewaySettings, makeToken, serveGateway } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { expect, onTestFinished, test } from "vitest";
import { MODEL, WORKSPACE_ID } from "../support/fetch-providers.ts";
import { openSlowService, type SlowService } from "../support/slow-service.ts";

/** Nobody listens there. */
const NOWHERE = "http://127.0.0.1:1";
const ENV = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
};
const ASK = { model: MODEL, max_tokens: 10, stream: true, messages: [{ role: "user", content: "Hi" }] };

const upstream = (name: string, baseUrl: string) =>
  ({ name, provider: "anthropic-aws", region: "us-east-1", workspaceId: WORKSPACE_ID, baseUrl }) as const;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Starts a gateway, and says how it is asked. */
async function start(settings: GatewaySettings) {
  const { token, record } = makeToken({ name: "me" });
  const server = await serveGateway(
    { ...settings, listen: { port: 0, ...settings.listen } },
    { token: record, env: ENV },
  );
  const ask = (): Promise<Response> =>
    fetch(`${server.url}/v1/messages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "anthropic-version": "2023-06-01",
      },
      body: JSON.stringify(ASK),
    });
  return { server, ask };
}

/** What the audit holds, line by line. */
const linesOf = async (file: string): Promise<Readonly<Record<string, unknown>>[]> =>
  (await readFile(file, "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

/** Ends a gateway with an answer of its service under way. */
async function end(server: GatewayServer, service: SlowService): Promise<void> {
  (await service.answer(0)).say(null);
  await server.close();
  await service.close();
}

test("what a caller has under way counts on under other settings", async () => {
  const service = await openSlowService();
  const settings = {
    upstreams: [upstream("a", service.url)],
    callers: { defaults: { maxConcurrent: 1 } },
  };
  const { server, ask } = await start(settings);
  const first = await ask();
  await server.reload({ ...settings, pingAfterMs: 20_000 });
  const second = await ask();

  expect([first.status, second.status]).toEqual([200, 429]);
  expect(second.headers.get("x-claude-on-aws-refusal")).toBe("TOO_MANY_AT_ONCE");
  await end(server, service);
});

test("an upstream that failed is asked behind others under other settings, too", async () => {
  const body = new TextEncoder().encode('{"type":"message","usage":{"input_tokens":1,"output_tokens":1}}');
  const there = await listen(async (_head, request) => {
    await request.read(1_000_000);
    return { status: 200, headers: [["content-type", "application/json"]], body };
  });
  const folder = await makeFolder();
  const settings = {
    upstreams: [upstream("gone", NOWHERE), upstream("there", there.url)],
    audit: { to: join(folder, "audit.jsonl") },
  };
  const { server, ask } = await start(settings);
  for (let count = 0; count < 3; count += 1) await (await ask()).text();
  await server.reload({ ...settings, pingAfterMs: 20_000 });
  await (await ask()).text();
  await server.close();

  const asked = (await linesOf(settings.audit.to)).map(({ upstreams }) => upstreams);
  expect(asked).toEqual([["gone", "there"], ["gone", "there"], ["gone", "there"], ["there"]]);
  await there.close();
});

test("a certificate that was made anew is shown from the next connection on, and one that is none changes nothing", async () => {
  const folder = await makeFolder();
  const [certificateFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const write = async (cert: string, key: string): Promise<void> => {
    await writeFile(certificateFile, cert);
    await writeFile(keyFile, key);
  };
  const settings = { listen: { port: 0, tls: { certificateFile, keyFile } }, upstreams: [upstream("a", NOWHERE)] };
  await write(LOCALHOST.cert, LOCALHOST.key);
  const { server } = await start(settings);
  const shown = async (): Promise<unknown> => {
    const socket = connectTls({ port: server.port, host: "127.0.0.1", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  };
  expect(await shown()).toBe("localhost");
  await write(OTHER.cert, OTHER.key);
  const before = server.gateway();
  expect(await server.reload(settings)).toEqual([]);
  expect(await shown()).toBe("other.example");
  expect(server.gateway()).not.toBe(before);

  await write(LOCALHOST.cert, OTHER.key);
  const kept = server.gateway();
  await expect(server.reload(settings)).rejects.toMatchObject({ code: "CERTIFICATE_INVALID" });
  expect(await shown()).toBe("other.example");
  expect(server.gateway()).toBe(kept);

  const { tls: _, ...plain } = settings.listen;
  expect(await server.reload({ ...settings, listen: plain })).toEqual(["listen.tls"]);
  expect(await shown()).toBe("other.example");
  await server.close();
});

test("what the listener refuses by itself is in the audit, and so is what comes when the gateway ends", async () => {
  const service = await openSlowService();
  const folder = await makeFolder();
  const to = join(folder, "audit.jsonl");
  const { server, ask } = await start({ upstreams: [upstream("a", service.url)], audit: { to } });
  await sendBytes(server.port, "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
  // A connection of which nothing is known yet when the gateway begins to end.
  const late = connect(server.port, "127.0.0.1");
  await once(late, "connect");
  const first = await ask();
  const closing = server.close();
  let answer = "";
  late.on("data", (bytes: Buffer) => (answer += bytes.toString()));
  late.write("GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  await once(late, "close");
  (await service.answer(0)).say(null);
  await first.text().catch(() => undefined);
  await closing;

  expect(answer).toContain("x-claude-on-aws-refusal: CLOSING");
  const lines = await linesOf(to);
  expect(lines).toContainEqual(
    expect.objectContaining({ method: "", path: "", status: 400, outcome: "refused", error: "HEAD_UNREADABLE" }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ path: "/v1/models", status: 503, error: "CLOSING" }));
  await service.close();
});
