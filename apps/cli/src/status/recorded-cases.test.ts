import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  configurationRecordings,
  DEFAULT_PROFILES,
  readJsonLines,
  type RecordedAuthentication,
  type RecordedCase,
  wholeOnBun,
} from "@claude-on-aws/fixtures";
import { afterAll, describe, expect, test } from "vitest";
import { createStatusCommand } from "./index.ts";
import type { StatusReport } from "./status-report.ts";

const HOMES = mkdtempSync(join(tmpdir(), "status-cases-"));
afterAll(() => rmSync(HOMES, { recursive: true, force: true }));

/**
 * Homes by what is in them. Most cases find theirs here: making them, and removing them behind each, took most of the time.
 * Their commands leave nothing there that another one reads.
 */
const homes = new Map<string, string>();

/** Puts a case's files where Claude Code looks for them. */
function homeOf(recorded: RecordedCase): string {
  const { settings, projectSettings = null, localSettings = null, awsFiles, files } = recorded;
  const texts: [path: string, text: string][] = Object.entries(files ?? {});
  if (settings !== null) texts.push([".claude/settings.json", JSON.stringify(settings)]);
  if (projectSettings !== null) texts.push(["work/.claude/settings.json", JSON.stringify(projectSettings)]);
  if (localSettings !== null) texts.push(["work/.claude/settings.local.json", JSON.stringify(localSettings)]);
  for (const [name, text] of Object.entries(awsFiles ?? {})) texts.push([`.aws/${name}`, text ?? ""]);
  const key = JSON.stringify(texts);
  const known = homes.get(key);
  if (known !== undefined) return known;
  const home = mkdtempSync(join(HOMES, "case-"));
  homes.set(key, home);
  for (const [path, text] of texts) {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return home;
}

/** Asks `status` about a case. */
async function askStatus(
  recorded: RecordedCase,
  clientVersion: string,
): Promise<{ readonly status: number; readonly report: StatusReport }> {
  const { env, model, listedProfiles } = recorded;
  const home = homeOf(recorded);
  const profiles = listedProfiles === "default" ? DEFAULT_PROFILES : listedProfiles;
  const lines: string[] = [];
  const command = createStatusCommand({
    env: { PATH: process.env["PATH"], ...env, HOME: home },
    directory: join(home, "work", recorded.folder ?? ""),
    managedSettings: join(home, "none"),
  });
  const args = [
    "--json",
    "--run-helpers",
    "--show-secrets",
    `--client-version=${clientVersion}`,
    `--inference-profiles=${profiles.join(",")}`,
  ];
  if (model !== null) args.push(`--model=${model}`);
  const status = await command.run(args, { out: (line) => lines.push(line), error: () => undefined, colour: false });
  return { status, report: JSON.parse(lines.join("\n")) as StatusReport };
}

/** What of a report the recording has, in the recording's words. */
function describeReport({ request, controlPlane }: StatusReport): unknown {
  if (request === null) return { refused: true, controlPlane };
  const { headers, signing, body } = request;
  const url = new URL(request.url);
  return {
    origin: url.origin,
    target: url.pathname + url.search,
    xApiKey: headers["x-api-key"] ?? null,
    bearer: headers["authorization"]?.replace("Bearer ", "") ?? null,
    accessKeyId: signing?.accessKeyId ?? null,
    region: signing?.region ?? null,
    service: signing?.service ?? null,
    sessionToken: signing?.sessionToken ?? null,
    workspaceId: headers["anthropic-workspace-id"] ?? null,
    bodyModel: body.model,
    controlPlane,
  };
}

function describeRecording(recorded: RecordedCase["expect"]): unknown {
  if ("error" in recorded) return { refused: true, controlPlane: recorded.controlPlane };
  const { origin, target, auth, workspaceId, bodyModel, controlPlane } = recorded;
  const fact = (name: keyof RecordedAuthentication): string | null => auth[name] ?? null;
  return {
    origin,
    target,
    xApiKey: fact("xApiKey"),
    bearer: fact("bearer"),
    accessKeyId: fact("accessKeyId"),
    region: fact("region"),
    service: fact("service"),
    sessionToken: fact("sessionToken"),
    workspaceId,
    bodyModel,
    controlPlane,
  };
}

const cases = configurationRecordings()
  .filter(({ path }) => !path.startsWith("configuration/further-"))
  .flatMap(({ path, clientVersion }) =>
    readJsonLines<RecordedCase>(path).map((recorded) => ({ clientVersion, ...recorded })),
  );

describe("status", () => {
  test.each(wholeOnBun(cases, 6))("agrees with Claude Code $clientVersion on $name", async (recorded) => {
    const { status, report } = await askStatus(recorded, recorded.clientVersion);
    expect(describeReport(report)).toEqual(describeRecording(recorded.expect));
    expect(status).toBe("error" in recorded.expect ? 1 : 0);
  });
});
