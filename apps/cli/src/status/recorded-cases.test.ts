import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createStatusCommand } from "./index.ts";
import type { StatusReport } from "./status-report.ts";

/** A configuration, and what Claude Code 2.1.329 sent with it to a recording server on loopback. */
interface RecordedCase {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly model: string | null;
  readonly settings: unknown;
  readonly awsFiles: Readonly<Record<string, string>> | null;
  readonly listedProfiles: "default" | readonly string[];
  readonly expect:
    | { readonly error: string; readonly controlPlane: readonly string[] }
    | {
        readonly origin: string;
        readonly target: string;
        readonly auth: Readonly<Record<string, string | null>>;
        readonly workspaceId: string | null;
        readonly bodyModel: string | null;
        readonly controlPlane: readonly string[];
      };
}

const defaultProfiles = [
  "us.anthropic.claude-opus-4-7",
  "us.anthropic.claude-sonnet-4-6",
  "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "global.anthropic.claude-sonnet-4-6",
];

/** Puts a case's files where Claude Code looks for them, and asks `status` about it. */
async function askStatus(recorded: RecordedCase): Promise<{ readonly status: number; readonly report: StatusReport }> {
  const { env, model, settings, awsFiles, listedProfiles } = recorded;
  const home = mkdtempSync(join(tmpdir(), "status-case-"));
  for (const folder of [".claude", ".aws"]) mkdirSync(join(home, folder));
  if (settings !== null) writeFileSync(join(home, ".claude", "settings.json"), JSON.stringify(settings));
  for (const [name, text] of Object.entries(awsFiles ?? {})) writeFileSync(join(home, ".aws", name), text);
  const profiles = listedProfiles === "default" ? defaultProfiles : listedProfiles;
  const lines: string[] = [];
  const command = createStatusCommand({
    env: { PATH: process.env["PATH"], ...env, HOME: home },
    directory: join(home, "project"),
    managedSettings: join(home, "none"),
  });
  const args = ["--json", "--run-helpers", "--show-secrets", `--inference-profiles=${profiles.join(",")}`];
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
  const fact = (name: string): string | null => auth[name] ?? null;
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

describe("status", () => {
  test.each(readJsonLines<RecordedCase>("configuration/cases.jsonl"))(
    "agrees with Claude Code on $name",
    async (recorded) => {
      const { status, report } = await askStatus(recorded);
      expect(describeReport(report)).toEqual(describeRecording(recorded.expect));
      expect(status).toBe("error" in recorded.expect ? 1 : 0);
    },
  );
});
