import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock, AnthropicBedrockMantle } from "@anthropic-ai/bedrock-sdk";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runHere } from "./support/run-fake-here.ts";
import { bundledCommand } from "./support/start-command.ts";

interface Started {
  readonly child: ChildProcess;
  /** Everything that was printed until the command said how to stop it. */
  readonly printed: readonly string[];
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

let started: Started | undefined;

async function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [...bundledCommand(), "fake", "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | string | null>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal)),
  );
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (line.includes("Ctrl+C")) break;
  }
  return (started = { child, printed, ended });
}

const variables = (lines: readonly string[]): readonly (readonly [name: string, value: string])[] =>
  lines.flatMap((line) => (/^export (\w+)=(.*)$/.exec(line) ? [[RegExp.$1, RegExp.$2] as const] : []));

beforeEach(() => {
  // What the machine that runs the test has configured must not decide.
  for (const name of Object.keys(process.env)) if (/^(AWS|ANTHROPIC|CLAUDE)_/.test(name)) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());
afterEach(async () => {
  started?.child.kill("SIGKILL");
  await started?.ended;
});

const request = { max_tokens: 16, messages: [{ role: "user" as const, content: "hello" }] };

describe("claude-on-aws", () => {
  test("ends as it would have where nobody reads what it prints any more", async () => {
    const child = spawn(process.execPath, [...bundledCommand(), "models"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const printed: unknown[] = [];
    child.stderr.on("data", (bytes) => printed.push(String(bytes)));
    const status = await new Promise((resolve) => child.once("close", resolve));

    expect({ status, printed }).toEqual({ status: 0, printed: [] });
  });
});

describe("claude-on-aws fake", () => {
  const ways = [
    ["SIGINT", []],
    ["SIGTERM", ["--credentials", "random"]],
  ] as const;

  test.each(ways)("prints all that the clients need, and ends with 0 on %s: %j", async (signal, args) => {
    const { child, printed, ended } = await start(...args);
    expect(printed[0]).toMatch(/^The fake listens on http:\/\/127\.0\.0\.1:\d+$/);
    for (const [name, value] of variables(printed)) vi.stubEnv(name, value);
    const aws = await new AnthropicAws({ maxRetries: 0 }).messages.create({ model: "claude-sonnet-4-6", ...request });
    const bedrock = await new AnthropicBedrock({ maxRetries: 0 }).messages.create({
      model: "us.anthropic.claude-sonnet-4-6",
      ...request,
    });
    const mantle = await new AnthropicBedrockMantle({ maxRetries: 0 }).messages.create({
      model: "anthropic.claude-opus-4-7",
      ...request,
    });
    const runtime = new BedrockRuntimeClient({ maxAttempts: 1 });
    const converse = await runtime.send(
      new ConverseCommand({
        modelId: "us.anthropic.claude-sonnet-4-6",
        messages: [{ role: "user", content: [{ text: "hello" }] }],
      }),
    );
    runtime.destroy();

    for (const { content } of [aws, bedrock, mantle]) expect(content).toMatchObject([{ type: "text", text: "hello" }]);
    expect(converse.output?.message?.content).toEqual([{ text: "hello" }]);
    // Not child.kill(): Deno 2.9 reports that signal as the way it ended, whatever the child made of it.
    process.kill(child.pid ?? 0, signal);
    expect(await ended).toBe(0);
  });

  test("prints the token of its own routes where others can reach them, and no credentials that it was given", async () => {
    const given = ["--credentials", "AKIDMINE:hush-hush", "--api-key", "hush-key"];
    const { printed } = await start("--host", "0.0.0.0", "--allow-host", "fake.example", ...given);
    const url = new URL(/http\S+format=html\S+/.exec(printed.at(-1) ?? "")?.[0] ?? "");
    url.hostname = "127.0.0.1";
    const answered = await fetch(url);

    expect(answered.status).toBe(200);
    expect(await answered.text()).toMatch(/^<!doctype html>/i);
    expect((await fetch(new URL("/_fake/journal", url))).status).toBe(401);
    expect(printed.join("\n")).toContain("AKIDMINE");
    expect(printed.join("\n")).not.toContain("hush");
  });

  test("ends with 1 and a way out where it cannot listen", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { status, error } = await runHere(["fake", "--port", String(port)]);
    taken.close();

    expect(status).toBe(1);
    expect(error).toContain(`Cannot listen on 127.0.0.1:${port}: the port is in use`);
    expect(error).toContain("--port");
  });
});
