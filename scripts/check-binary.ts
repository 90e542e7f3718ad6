/**
 * Makes the command one file that needs no runtime, as `pnpm build:binary` does, and uses it: its version, `status`, and a
 * fake and a gateway that answer and end when they are told to. Prints its size and how long it takes until it says something.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { runCommand } from "./shared/run-command.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STARTS = 7;

const folder = await mkdtemp(join(tmpdir(), "binary-"));
const binary = join(folder, "claude-on-aws");
// Nothing of this process's own: the file must not need a runtime that lies beside it.
const environment = { HOME: folder, PATH: folder };
try {
  const { scripts, version } = await readManifest();
  const build = scripts["build:binary"]?.replace(/--outfile \S+/, `--outfile ${binary}`).split(" ") ?? [];
  expectStatus(await runCommand(build, { folder: ROOT, environment: process.env }), 0, "the build");
  const times: number[] = [];
  for (let start = 0; start < STARTS; start++) times.push(await checkVersion(version));
  const status = await runCommand([binary, "status", "--json"], { folder, environment });
  expectStatus(status, 1, "status");
  if ((JSON.parse(status.output) as { request: unknown }).request !== null)
    throw new Error("status: a request of nothing");
  await checkServer("fake", "/_fake/health");
  await checkServer("gateway", "/healthz", { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "us-east-1" });
  // What is optional is inside: nothing lies beside the file.
  await checkServer("gateway", "/metrics", { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "us-east-1" });
  const { size } = await stat(binary);
  const median = times.toSorted((a, b) => a - b)[STARTS >> 1] ?? 0;
  console.log(
    `one file of ${(size / 1e6).toFixed(0)} MB, first output after ${median.toFixed(0)} ms (median of ${STARTS})`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function readManifest(): Promise<{ scripts: Record<string, string | undefined>; version: string }> {
  const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(ROOT, path), "utf8"));
  const { scripts } = (await read("package.json")) as { scripts: Record<string, string> };
  const { version } = (await read("apps/cli/package.json")) as { version: string };
  return { scripts, version };
}

async function checkVersion(version: string): Promise<number> {
  const result = await runCommand([binary, "--version"], { folder, environment });
  expectStatus(result, 0, "--version");
  if (result.output.trim() !== version) throw new Error(`--version: found ${result.output}, expected ${version}`);
  return result.elapsedMs;
}

async function checkServer(
  command: string,
  path: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const server = spawn(binary, [command, "--port", "0"], {
    cwd: folder,
    env: { ...environment, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const url = /listens on (?<url>\S+)/.exec(line)?.groups?.["url"];
      if (url === undefined) continue;
      const response = await fetch(`${url}${path}`);
      if (!response.ok) throw new Error(`${command}: ${path} is answered with ${response.status}, expected 200`);
      break;
    }
  } finally {
    server.kill("SIGTERM");
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${command}: ended with ${code}, expected 0`);
}

function expectStatus({ status, output }: { status: number; output: string }, expected: number, what: string): void {
  if (status !== expected) throw new Error(`${what}: ended with ${status}, expected ${expected}\n${output}`);
}
