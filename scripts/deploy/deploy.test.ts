import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { parseGatewayFlags } from "../../apps/cli/src/gateway/gateway-flags.ts";
import manifest from "../../apps/gateway/package.json" with { type: "json" };
import workspace from "../../package.json" with { type: "json" };
import { parseSettings } from "../../apps/gateway/src/index.ts";

const FOLDER = fileURLToPath(new URL("../../apps/gateway/deploy/", import.meta.url));
const read = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

const dockerfile = read("Dockerfile");
const unit = read("claude-on-aws-gateway.service");
const settings = parseSettings(read("gateway.json"));
const compose = parse(read("compose.yaml")) as {
  readonly services: Readonly<
    Record<string, { readonly environment: Readonly<Record<string, string>>; readonly stop_grace_period?: string }>
  >;
};

/** The arguments of the command in an instruction of the Dockerfile. */
const argumentsOf = (instruction: string): readonly string[] =>
  JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(dockerfile)?.[1] ?? "null") as readonly string[];

/** What a line of the unit says. */
const valueOf = (key: string): string => new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1] ?? "";

const HAS_SYSTEMD = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("apps/gateway/deploy", () => {
  test.each([
    ["the container", argumentsOf("CMD")],
    ["the service", valueOf("ExecStart").split(" ").slice(1)],
  ])("starts the gateway in %s with flags that it has", (_, [command, ...flags]) => {
    expect(command).toBe("gateway");
    expect(parseGatewayFlags(flags).config).toBe("/etc/claude-on-aws/gateway.json");
  });

  test("installs in the container every package that is optional, in the versions that are taken", () => {
    const installed = [...dockerfile.matchAll(/(?:^|[\s"])((?:@[\w-]+\/)?[\w-]+)@([>^][^"\s]*(?: <[^"]*)?)/g)];

    expect(Object.fromEntries(installed.map(([, name, range]) => [name, range]))).toEqual(manifest.peerDependencies);
  });

  test("runs the container on the Bun that everything is tested with", () => {
    expect(dockerfile).toContain(`ARG BUN=oven/bun:${workspace.devDependencies.bun}-slim`);
  });

  test("gives the gateway every variable that its settings name", () => {
    const { environment } = compose.services["gateway"] ?? {};

    expect(Object.keys(environment ?? {})).toEqual(
      expect.arrayContaining([settings.metrics?.tokenVariable, "PGPASSWORD", "AWS_REGION"]),
    );
    expect(Object.keys(compose.services)).toContain(new URL(settings.budgets?.store ?? "").hostname);
  });

  test("asks for health where the gateway listens", () => {
    const [program, flag, script = ""] = argumentsOf("  CMD");
    const { port = 4343 } = settings.listen ?? {};

    expect([program, flag]).toEqual(["bun", "--eval"]);
    expect(script).toContain(`http://127.0.0.1:${port}/healthz`);
  });

  test("waits longer than the gateway lets requests under way take", () => {
    const drainMs = settings.drainMs ?? Number.NaN;

    expect(Number.parseInt(compose.services["gateway"]?.stop_grace_period ?? "") * 1000).toBeGreaterThan(drainMs);
    expect(Number(valueOf("TimeoutStopSec")) * 1000).toBeGreaterThan(drainMs);
  });

  const whySkipped = HAS_SYSTEMD ? "" : " (skipped: there is no systemd-analyze)";
  test.skipIf(!HAS_SYSTEMD)(`has a unit that systemd takes${whySkipped}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "claude-on-aws-gateway.service");
    // The program is not installed here.
    writeFileSync(file, unit.replace("/usr/local/bin/claude-on-aws", "/bin/true"));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", file], { encoding: "utf8" });

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
