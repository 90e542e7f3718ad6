import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connectHttp2 } from "@claude-on-aws/fixtures/connect-http2";
import { get } from "node:https";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCALHOST } from "@claude-on-aws/fixtures/certificates";
import { until } from "./support/serve.ts";

/** Programs inside the package find it by its name. */
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** The programs of the README, in their order. */
async function programs(): Promise<readonly string[]> {
  const readme = await readFile(join(PACKAGE, "README.md"), "utf8");
  return [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, program = ""]) => program);
}

const ARGUMENTS: readonly string[] = "Deno" in globalThis ? ["run", "--allow-all", "--quiet"] : [];

/** The answer over HTTP/2. */
function askOverHttp2(url: string, options: { readonly ca?: string } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(url, options);
    session.on("error", reject);
    const stream = session.request({ ":path": "/a" });
    let answer = "";
    stream.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    stream.on("error", reject);
    stream.on("close", () => {
      session.destroy();
      resolve(answer);
    });
  });
}

/** The answer over HTTP/1.1 in TLS. */
function askOverTls(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${url}/a`, { ca: LOCALHOST.cert, agent: false }, (response) => {
      let answer = "";
      response.on("data", (chunk: Buffer) => (answer += chunk.toString()));
      response.on("end", () => resolve(answer));
    }).on("error", reject);
  });
}

describe("the README", () => {
  let folder: string;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(PACKAGE, "test/readme-"));
    await writeFile(join(folder, "cert.pem"), LOCALHOST.cert);
    await writeFile(join(folder, "key.pem"), LOCALHOST.key);
  });
  afterAll(async () => {
    for (const child of started) {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    await rm(folder, { recursive: true });
  });

  /** Runs one of its programs until it has said so many lines. */
  async function run(index: number, lines: number): Promise<() => readonly string[]> {
    const file = join(folder, `program-${index}.ts`);
    await writeFile(file, (await programs())[index] ?? "");
    const child = spawn(process.execPath, [...ARGUMENTS, file], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    started.push(child);
    let out = "";
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const said = (): readonly string[] => out.split("\n").slice(0, -1);
    await until(() => said().length >= lines || child.exitCode !== null);
    if (said().length < lines) throw new Error(`The program ended: ${complaint}`);
    return said;
  }

  const urlIn = (line: string | undefined): string => /https?:\/\/[\d.]+:\d+/.exec(line ?? "")?.[0] ?? "";

  test("serves a hello world with HTTP/1.1, HTTP/2 and TLS", async () => {
    const [plain, secure] = (await run(0, 2))().map(urlIn);

    expect(await (await fetch(`${plain}/a`)).text()).toBe("GET /a over HTTP/1.1\n");
    expect(await askOverHttp2(plain ?? "")).toBe("GET /a over HTTP/2.0\n");
    expect(await askOverTls(secure ?? "")).toBe("GET /a over HTTP/1.1\n");
    expect(await askOverHttp2(secure ?? "", { ca: LOCALHOST.cert })).toBe("GET /a over HTTP/2.0\n");
  });

  test("forwards what it never holds", async () => {
    const said = await run(1, 1);
    const url = urlIn(said()[0]);
    const refused = await fetch(url, { method: "POST", body: "hello" });
    const forwarded = await fetch(url, { method: "POST", body: "hello", headers: { authorization: "me" } });

    expect([refused.status, await refused.text()]).toEqual([401, "Who are you?\n"]);
    expect([forwarded.status, await forwarded.text()]).toEqual([200, "hello"]);
    await until(() => said().length > 1);
    expect(said()[1]).toBe("whole reply 5");
  });
});
