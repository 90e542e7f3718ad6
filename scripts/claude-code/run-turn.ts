import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFakeCore, type FakeOptions, serve } from "../../apps/fake/src/server.ts";
import { runCommand } from "../shared/run-command.ts";
import type { TurnObservation } from "./judge-turn.ts";
import { startRecordingProxy } from "./recording-proxy.ts";
import { type StartedGateway, startGateway } from "./start-gateway.ts";
import { parseStreamJson } from "./stream-json.ts";
import { turnArguments } from "./turn-arguments.ts";
import type { TurnCase } from "./turn-case.ts";
import { ACCEPTED_BY_FAKE } from "./turn-cases.ts";
import { turnEnvironment, turnFolders } from "./turn-environment.ts";
import { SLOW_SCENARIO, TURN_SCENARIO } from "./turn-scenario.ts";

/** What was seen of a turn, and how long it took. */
export interface RanTurn extends TurnObservation {
  /** What the program complained about. */
  readonly standardError: string;
  readonly elapsedMs: number;
}

/** The programs of a turn. */
export interface TurnPrograms {
  /** Path of Claude Code. */
  readonly program: string;
  /** Path of the Agent SDK's module; only needed where it starts the program. */
  readonly agentSdk?: string | undefined;
}

const AGENT_SDK_SCRIPT = fileURLToPath(new URL("agent-sdk-turn.ts", import.meta.url));
const RENEW_SCRIPT = fileURLToPath(new URL("renew-credentials.ts", import.meta.url));
const TURN_TIME_LIMIT_MS = 120_000;
/** Behind its end the tool's result is sent: see `SLOW_SCENARIO`. */
const SESSION_SECONDS = 3;
/** Claude Code's first request is about 50 KB; the next ones hold it again. */
const MAX_BODY_BYTES = 4_194_304;

/**
 * Lets the program finish one turn against a fake of its own, and looks at both.
 *
 * @param programs The program, and what starts it.
 * @param folder Empty folder for its home, its working directory and what it printed; not removed here.
 * @param options What the fake does otherwise than the turn says.
 */
export async function runTurn(
  turn: TurnCase,
  programs: TurnPrograms,
  folder: string,
  options: FakeOptions = {},
): Promise<RanTurn> {
  const folders = turnFolders(folder);
  for (const path of Object.values(folders)) await mkdir(path, { recursive: true });
  const fake = createFakeCore({
    ...ACCEPTED_BY_FAKE,
    maxJournalBodyBytes: MAX_BODY_BYTES,
    ...(turn.behaviour === "scenario" ? { scenario: turn.renewal === undefined ? TURN_SCENARIO : SLOW_SCENARIO } : {}),
    ...(turn.renewal === undefined ? {} : { sessionSeconds: SESSION_SECONDS }),
    ...options,
  });
  const { proxied, renewal } = turn;
  if (renewal !== undefined) await writeSettings(folders.home, renewal);
  const server = await serve(fake, { port: 0, proxy: proxied !== undefined });
  const proxy = await startRecordingProxy();
  let gateway: StartedGateway | undefined;
  try {
    const errorFile = join(folder, "stderr.txt");
    // The shell keeps the two streams apart, then is replaced by the program.
    const command = ["/bin/sh", "-c", 'exec "$@" 2>"$0"', errorFile, ...commandOf(turn, programs)];
    const environmentWith = (variables: Readonly<Record<string, string>>) =>
      turnEnvironment({
        folders,
        proxyUrl: server.proxyUrl ?? proxy.url,
        certificateFile: server.certificateFile,
        quiet: proxied?.quiet,
        variables,
      });
    let environment = environmentWith(turn.variables(server.url));
    if (turn.gateway !== undefined) {
      gateway = await startGateway(folders.work, environment);
      environment = environmentWith({ ...gateway.variables(turn.gateway.setUp), ...turn.gateway.more });
    }
    const running = { folder: folders.work, environment, timeLimitMs: TURN_TIME_LIMIT_MS };
    if (renewal === "awsAuthRefresh") {
      // The program runs the command once in a while only: the first session is there before it.
      await runCommand([process.execPath, RENEW_SCRIPT, "refresh"], running);
    }
    const { status, output, elapsedMs } = await runCommand(command, running);
    const ofGateway = await gateway?.close();
    gateway = undefined;
    const journal = fake.journal.snapshot();
    const report = fake.report();
    await writeFile(join(folder, "stdout.jsonl"), output);
    await writeFile(join(folder, "journal.json"), JSON.stringify(journal, undefined, 2));
    await writeFile(join(folder, "report.json"), JSON.stringify(report, undefined, 2));
    return {
      exitStatus: status,
      events: parseStreamJson(output),
      journal,
      report,
      refused: proxied === undefined ? proxy.refused() : (report.refusedHosts ?? []).map(({ host }) => host),
      gateway: ofGateway,
      standardError: await readFile(errorFile, "utf8").catch(() => ""),
      elapsedMs,
    };
  } finally {
    await gateway?.close();
    await proxy.close();
    await server.close();
  }
}

const commandOf = ({ model, isStartedBySdk }: TurnCase, { program, agentSdk = "" }: TurnPrograms): readonly string[] =>
  isStartedBySdk === true
    ? [process.execPath, AGENT_SDK_SCRIPT, agentSdk, program, model]
    : [program, ...turnArguments(model)];

/** Settings of a user, with a command that renews credentials. */
async function writeSettings(home: string, renewal: NonNullable<TurnCase["renewal"]>): Promise<void> {
  const word = renewal === "awsCredentialExport" ? "export" : "refresh";
  const settings = { [renewal]: `"${process.execPath}" "${RENEW_SCRIPT}" ${word}` };
  await mkdir(join(home, ".claude"), { recursive: true });
  await writeFile(join(home, ".claude/settings.json"), JSON.stringify(settings));
}
