import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveConfig, type CommandOutputs, type Config, type ConfigInput } from "@claude-on-aws/env";
import { loadConfigInput } from "@claude-on-aws/env/load";
import {
  DEFAULT_PROFILES,
  type ConfigurationCase,
  type RecordedAuthentication,
  type RecordedCase,
  type RecordedRefusal,
  type RecordedRequest,
} from "@claude-on-aws/fixtures";
import { planRequest, type RequestPlan } from "../src/index.ts";

/** What is planned for a case, in the words of the recordings; a refusal has no text here. */
export type PlannedCase = RecordedRequest | (Omit<RecordedRefusal, "error"> & { readonly refused: true });

const CONTEXT_1M_BETA = "context-1m-2025-08-07";
const HOME = "/home/somebody";
const WORK = "/home/somebody/work";

/**
 * Plans the request for a recorded configuration, running the commands that it asks for.
 *
 * @param recorded The configuration.
 * @param clientVersion The release to plan for.
 * @returns The plan, in the words of the recordings.
 */
export async function planCase(recorded: ConfigurationCase, clientVersion: string): Promise<PlannedCase> {
  const files = caseFiles(recorded);
  const input = await loadConfigInput({
    env: recorded.env,
    home: HOME,
    directory: join(WORK, recorded.folder ?? ""),
    managedSettings: "/none",
    readText: async (path) => files.get(path.replaceAll("\\", "/")),
    exists: async (path) => [...files.keys()].some((file) => file === path || file.startsWith(`${path}/`)),
  });
  const { model, listedProfiles } = recorded;
  return describePlan(
    planRequest(resolveWithCommands({ ...input, clientVersion }), {
      model,
      inferenceProfiles: listedProfiles === "default" ? DEFAULT_PROFILES : listedProfiles,
    }),
  );
}

/**
 * Leaves of a recording what a plan says too.
 *
 * @param expected What was recorded.
 * @returns The same, without what is there for information only.
 */
export function comparableRecording(expected: RecordedCase["expect"]): PlannedCase {
  const { controlPlane } = expected;
  if ("error" in expected) return { refused: true, controlPlane };
  const { accessKeyId, region, service, sessionToken, xApiKey, bearer, type } = expected.auth;
  const auth = { type, accessKeyId, region, service, sessionToken, xApiKey, bearer };
  return {
    method: expected.method,
    origin: expected.origin,
    target: expected.target,
    auth: Object.fromEntries(
      Object.entries(auth).filter(([, value]) => value !== undefined),
    ) as unknown as RecordedAuthentication,
    workspaceId: expected.workspaceId,
    bodyModel: expected.bodyModel,
    anthropicVersionHeader: expected.anthropicVersionHeader,
    bodyAnthropicVersion: expected.bodyAnthropicVersion,
    betaHeaderHas1m: expected.betaHeaderHas1m,
    betaBodyHas1m: expected.betaBodyHas1m,
    serviceTier: expected.serviceTier,
    cacheTtl1h: expected.cacheTtl1h,
    cacheControl: expected.cacheControl,
    controlPlane,
  };
}

/** The files that a case consists of, by their paths. */
function caseFiles(recorded: ConfigurationCase): ReadonlyMap<string, string> {
  const { settings = null, projectSettings = null, localSettings = null, awsFiles, files } = recorded;
  const paths: Record<string, string | undefined> = {};
  const json = (value: unknown): string | undefined => (value === null ? undefined : JSON.stringify(value));
  paths[`${HOME}/.claude/settings.json`] = json(settings);
  paths[`${WORK}/.claude/settings.json`] = json(projectSettings);
  paths[`${WORK}/.claude/settings.local.json`] = json(localSettings);
  for (const [name, text] of Object.entries(awsFiles ?? {})) paths[`${HOME}/.aws/${name}`] = text;
  for (const [path, text] of Object.entries(files ?? {})) paths[`${HOME}/${path}`] = text;
  return new Map(Object.entries(paths).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function resolveWithCommands(input: ConfigInput): Config {
  const commandOutputs: Record<string, string | null> = {};
  for (;;) {
    const config = resolveConfig({ ...input, commandOutputs: commandOutputs as CommandOutputs });
    const pending = config.pendingCommand;
    if (pending === null) return config;
    commandOutputs[pending.setting] = askCommand(pending.command);
  }
}

/** What each command printed in a home of its own, which is empty; `null` where it failed. */
const printed = new Map<string, string | null>();

/** Many cases ask for the same command: it runs once. */
function askCommand(command: string): string | null {
  const known = printed.get(command);
  if (known !== undefined) return known;
  const home = mkdtempSync(join(tmpdir(), "recorded-case-"));
  const { status, stdout } = spawnSync("sh", ["-c", command], { env: { ...process.env, HOME: home } });
  rmSync(home, { recursive: true, force: true });
  const output = status === 0 ? `${stdout}` : null;
  printed.set(command, output);
  return output;
}

function describePlan({ request, controlPlane }: RequestPlan): PlannedCase {
  if (request === null) return { refused: true, controlPlane };
  const { headers, signing, body, promptCaching } = request;
  const url = new URL(request.url);
  const bearer = headers["authorization"]?.replace("Bearer ", "");
  const xApiKey = headers["x-api-key"];
  let auth: RecordedAuthentication = { type: "none" };
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
    betaHeaderHas1m: (headers["anthropic-beta"] ?? "").split(",").includes(CONTEXT_1M_BETA),
    betaBodyHas1m: body.anthropic_beta.includes(CONTEXT_1M_BETA),
    serviceTier: headers["x-amzn-bedrock-service-tier"] ?? null,
    cacheTtl1h: promptCaching.ttl === "1h",
    cacheControl: promptCaching.enabled,
    controlPlane,
  };
}
