import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveConfig, type AwsFiles, type CommandOutputs, type ConfigInput } from "@claude-on-aws/env";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { planRequest, type RequestPlan } from "../src/index.ts";

interface ExpectedAuthentication {
  readonly type: "sigv4" | "headers" | "none";
  readonly accessKeyId?: string;
  readonly region?: string;
  readonly service?: string;
  readonly sessionToken?: string | null;
  readonly xApiKey?: string;
  readonly bearer?: string;
}

interface Expected {
  readonly method: string;
  readonly origin: string;
  readonly target: string;
  readonly auth: ExpectedAuthentication;
  readonly workspaceId: string | null;
  readonly bodyModel: string | null;
  readonly anthropicVersionHeader: string | null;
  readonly bodyAnthropicVersion: string | null;
  readonly betaHeaderHas1m: boolean;
  readonly betaBodyHas1m: boolean;
  readonly serviceTier: string | null;
  readonly cacheTtl1h: boolean;
  readonly cacheControl: boolean;
  readonly controlPlane: readonly string[];
}

interface RecordedCase {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly model: string | null;
  readonly settings: unknown;
  readonly awsFiles: AwsFiles | null;
  readonly listedProfiles: "default" | readonly string[];
  readonly expect:
    | (Expected & { readonly bodyKeys: unknown })
    | { readonly error: string; readonly controlPlane: readonly string[] };
}

// What the recording server lists by default.
const DEFAULT_PROFILES = [
  "us.anthropic.claude-opus-4-7",
  "us.anthropic.claude-sonnet-4-6",
  "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "global.anthropic.claude-sonnet-4-6",
];

const CONTEXT_1M = "context-1m-2025-08-07";

/** Resolves a configuration, running the commands that it asks for, each once. */
function resolveWithCommands(input: ConfigInput): ReturnType<typeof resolveConfig> {
  const home = mkdtempSync(join(tmpdir(), "recorded-case-"));
  const commandOutputs: Record<string, string | null> = {};
  for (;;) {
    const config = resolveConfig({ ...input, commandOutputs: commandOutputs as CommandOutputs });
    const pending = config.pendingCommand;
    if (pending === null) return config;
    const { status, stdout } = spawnSync("sh", ["-c", pending.command], { env: { ...process.env, HOME: home } });
    commandOutputs[pending.setting] = status === 0 ? `${stdout}` : null;
  }
}

/** Puts a plan into the words of the recording. */
function describePlan({
  request,
  controlPlane,
}: RequestPlan): Expected | { refused: true; controlPlane: readonly string[] } {
  if (request === null) return { refused: true, controlPlane };
  const { headers, signing, body, promptCaching } = request;
  const url = new URL(request.url);
  const bearer = headers["authorization"]?.replace("Bearer ", "");
  const xApiKey = headers["x-api-key"];
  let auth: ExpectedAuthentication = { type: "none" };
  if (signing !== null) {
    const { accessKeyId, region, service, sessionToken } = signing;
    auth = { type: "sigv4", accessKeyId: accessKeyId ?? "", region, service, sessionToken };
    if (xApiKey !== undefined) auth = { ...auth, xApiKey };
  } else if (bearer !== undefined || xApiKey !== undefined) {
    auth = {
      type: "headers",
      ...(xApiKey === undefined ? {} : { xApiKey }),
      ...(bearer === undefined ? {} : { bearer }),
    };
  }
  return {
    method: request.method,
    origin: url.origin,
    target: url.pathname + url.search,
    auth,
    workspaceId: headers["anthropic-workspace-id"] ?? null,
    bodyModel: body.model,
    anthropicVersionHeader: headers["anthropic-version"] ?? null,
    bodyAnthropicVersion: body.anthropic_version,
    betaHeaderHas1m: (headers["anthropic-beta"] ?? "").split(",").includes(CONTEXT_1M),
    betaBodyHas1m: body.anthropic_beta.includes(CONTEXT_1M),
    serviceTier: headers["x-amzn-bedrock-service-tier"] ?? null,
    cacheTtl1h: promptCaching.ttl === "1h",
    cacheControl: promptCaching.enabled,
    controlPlane,
  };
}

function describeRecording(expected: RecordedCase["expect"]): ReturnType<typeof describePlan> {
  if ("error" in expected) return { refused: true, controlPlane: expected.controlPlane };
  const { bodyKeys: _informationOnly, ...rest } = expected;
  return rest;
}

describe("planRequest()", () => {
  const cases = ["cases", "further-cases"].flatMap((file) =>
    readJsonLines<RecordedCase>(`configuration/${file}.jsonl`),
  );

  test("has every recorded case to agree with", () => {
    expect(cases).toHaveLength(157 + 569);
  });

  test.each(cases)(
    "agrees with Claude Code on $name",
    ({ env, model, settings, awsFiles, listedProfiles, expect: expected }) => {
      const config = resolveWithCommands({
        env,
        settings: settings === null ? [] : [{ source: "user", value: settings }],
        // Nobody is signed in to anything where the cases were recorded.
        awsFiles: { ...awsFiles, signedInSessions: [] },
      });
      const plan = planRequest(config, {
        model,
        inferenceProfiles: listedProfiles === "default" ? DEFAULT_PROFILES : listedProfiles,
      });
      expect(describePlan(plan)).toEqual(describeRecording(expected));
    },
  );
});
