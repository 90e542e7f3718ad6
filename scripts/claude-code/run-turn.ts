import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createFakeCore, serve } from "../../apps/fake/src/server.ts";
import { runCommand } from "../shared/run-command.ts";
import { type TurnObservation } from "./judge-turn.ts";
import { startRecordingProxy } from "./recording-proxy.ts";
import { parseStreamJson } from "./stream-json.ts";
import { turnArguments } from "./turn-arguments.ts";
import { acceptedByFake, type TurnCase } from "./turn-cases.ts";
import { turnEnvironment, turnFolders } from "./turn-environment.ts";
import { turnScenario } from "./turn-scenario.ts";

/** What was seen of a turn, and how long it took. */
export interface RanTurn extends TurnObservation {
  /** What the program complained about. */
  readonly standardError: string;
  readonly elapsedMs: number;
}

const TURN_TIME_LIMIT_MS = 120_000;
/** Claude Code's first request is about 50 KB; the next ones hold it again. */
const MAX_BODY_BYTES = 4_194_304;

/**
 * Lets the program finish one turn against a fake of its own, and looks at both.
 *
 * @param program Path of the program.
 * @param folder Empty folder for its home, its working directory and what it printed; not removed here.
 */
export async function runTurn(turn: TurnCase, program: string, folder: string): Promise<RanTurn> {
  const folders = turnFolders(folder);
  for (const path of Object.values(folders)) await mkdir(path, { recursive: true });
  const fake = createFakeCore({
    ...acceptedByFake,
    maxJournalBodyBytes: MAX_BODY_BYTES,
    ...(turn.behaviour === "scenario" ? { scenario: turnScenario } : {}),
  });
  const server = await serve(fake, { port: 0 });
  const proxy = await startRecordingProxy();
  try {
    const errorFile = join(folder, "stderr.txt");
    // The shell keeps the two streams apart, then is replaced by the program.
    const command = ["/bin/sh", "-c", 'exec "$@" 2>"$0"', errorFile, program, ...turnArguments(turn.model)];
    const { status, output, elapsedMs } = await runCommand(command, {
      folder: folders.work,
      environment: turnEnvironment({ folders, proxyUrl: proxy.url, variables: turn.variables(server.url) }),
      timeLimitMs: TURN_TIME_LIMIT_MS,
    });
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
      refused: proxy.refused(),
      standardError: await readFile(errorFile, "utf8").catch(() => ""),
      elapsedMs,
    };
  } finally {
    await proxy.close();
    await server.close();
  }
}
