import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Authority } from "../../../apps/fake/src/tls/authority.ts";
import { runCommand } from "../../shared/run-command.ts";
import { QUIET_VARIABLES, turnFolders } from "../turn-environment.ts";
import { startCaptureServer } from "./capture-server.ts";
import {
  CAPTURE_HOST,
  type ConfigurationCase,
  DEFAULT_PROFILES,
  type RecordedRefusal,
  type RecordedRequest,
} from "../../../fixtures/index.ts";
import { describeCaptured } from "./describe-captured.ts";

/** What a program made of a configuration. */
export interface RecordedConfiguration {
  readonly expect: RecordedRequest | RecordedRefusal;
  readonly standardError: string;
  readonly status: number;
}

/** Options for {@link recordCase}. */
export interface RecordCaseOptions {
  /** Path of the program. */
  readonly program: string;
  /** Empty folder for its home and its working folder; not removed here. */
  readonly folder: string;
  /** Who certifies the hosts of AWS. */
  readonly authority: Authority;
  /** File with the certificate of the authority. */
  readonly certificateFile: string;
  /**
   * After this time the program is killed.
   *
   * @default {60000}
   */
  readonly timeLimitMs?: number | undefined;
}

/** The settings of the program's own behaviour do not depend on who runs it. */
const PROMPT = "Say hello.";

/**
 * Runs a program with a configuration, and looks at what it sends. It reaches the loopback interface alone, and has
 * neither the caller's settings nor the caller's credentials.
 *
 * @param recorded The configuration.
 * @param options The program, and where it runs.
 * @returns The request, in the words of the recordings.
 */
export async function recordCase(
  recorded: ConfigurationCase,
  options: RecordCaseOptions,
): Promise<RecordedConfiguration> {
  const { program, folder, authority, certificateFile, timeLimitMs = 60_000 } = options;
  const { listedProfiles, model } = recorded;
  const server = await startCaptureServer({
    authority,
    inferenceProfiles: listedProfiles === "default" ? DEFAULT_PROFILES : listedProfiles,
  });
  const folders = turnFolders(folder);
  try {
    const started = join(folders.work, recorded.folder ?? "");
    for (const path of [...Object.values(folders), started]) await mkdir(path, { recursive: true });
    const host = new URL(server.url).host;
    const place = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value).replaceAll(new RegExp(CAPTURE_HOST, "gi"), host)) as T;
    for (const [path, text] of Object.entries(place(caseFiles(recorded, folders.work)))) {
      const file = join(path.startsWith("work/") ? folder : folders.home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const errorFile = join(folder, "stderr.txt");
    const flags = ["--print", PROMPT, "--strict-mcp-config", "--no-session-persistence"];
    if (model !== null) flags.push(`--model=${model}`);
    const { status, output } = await runCommand(["/bin/sh", "-c", 'exec "$@" 2>"$0"', errorFile, program, ...flags], {
      folder: started,
      timeLimitMs,
      environment: {
        ...QUIET_VARIABLES,
        PATH: "/usr/local/bin:/usr/bin:/bin",
        LANG: "C.UTF-8",
        HOME: folders.home,
        TMPDIR: folders.temporary,
        CLAUDE_CODE_TMPDIR: folders.temporary,
        AWS_EC2_METADATA_DISABLED: "true",
        HTTP_PROXY: server.url,
        HTTPS_PROXY: server.url,
        NO_PROXY: "127.0.0.1,localhost",
        NODE_EXTRA_CA_CERTS: certificateFile,
        CLAUDE_CODE_MAX_RETRIES: "0",
        ...place(recorded.env),
      },
    });
    return {
      expect: describeCaptured(server.requests(), server.url, output.trim().replaceAll(host, CAPTURE_HOST)),
      standardError: await readFile(errorFile, "utf8").catch(() => ""),
      status,
    };
  } finally {
    await server.close();
  }
}

/** Every file of a case: those of the working folder begin with `work/`, the others lie in the home folder. */
function caseFiles(recorded: ConfigurationCase, work: string): Record<string, string> {
  const { settings = null, projectSettings = null, localSettings = null, awsFiles, files } = recorded;
  const texts: Record<string, string> = {
    // As if somebody had said that the working folder is to be trusted.
    ".claude.json": JSON.stringify({
      hasCompletedOnboarding: true,
      projects: { [work]: { hasTrustDialogAccepted: true } },
    }),
  };
  if (settings !== null) texts[".claude/settings.json"] = JSON.stringify(settings);
  if (projectSettings !== null) texts["work/.claude/settings.json"] = JSON.stringify(projectSettings);
  if (localSettings !== null) texts["work/.claude/settings.local.json"] = JSON.stringify(localSettings);
  for (const [name, text] of Object.entries(awsFiles ?? {})) if (text !== undefined) texts[`.aws/${name}`] = text;
  return { ...texts, ...files };
}
