import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { median } from "./median.ts";
import { requestBytes, SCENARIOS } from "./requests.ts";
import { killFamily, onCore } from "./server-process.ts";
import { commandOf, type Contender, PEER, RUNTIME_NAMES, RUNTIMES, serverFile } from "./servers.ts";

/** The servers in their source, and as JavaScript: what is published holds no types that a runtime has to take out. */
function contenders(built: string): readonly Contender[] {
  return [
    PEER,
    ...RUNTIME_NAMES.flatMap((runtime) =>
      ["1", "auto"].flatMap((http) => [
        { name: `fake --http ${http} on ${runtime}`, command: [...RUNTIMES[runtime], built, http] },
        { name: `  from its source`, command: commandOf(runtime, "fake.ts", http) },
      ]),
    ),
  ];
}

/** Prints how long each takes from the start of its process to its first answer, the median of rounds that take turns. */
export async function measureStartUp(rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-start-up-"));
  try {
    const all = contenders(build(folder));
    const samples = new Map<Contender, number[]>(all.map((contender) => [contender, []]));
    for (const contender of all) await startOnce(contender);
    for (let round = 0; round < rounds; round++) {
      for (const contender of all) samples.get(contender)?.push(await startOnce(contender));
    }
    const peer = median(samples.get(PEER) ?? []);
    console.log("\nStart-up to the first answer");
    for (const [{ name }, taken] of samples) {
      const milliseconds = median(taken);
      console.log(
        `  ${name.padEnd(28)} ${milliseconds.toFixed(0).padStart(5)} ms (${(peer / milliseconds).toFixed(2)} x)`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes JavaScript of the server, each module that is loaded on demand in a file of its own; answers the file to run. */
function build(folder: string): string {
  const source = serverFile("fake.ts");
  const { status, stderr } = spawnSync("bun", ["build", source, "--target=node", "--splitting", `--outdir=${folder}`]);
  if (status !== 0) throw new Error(`Cannot build ${source}: ${String(stderr)}`);
  return join(folder, "fake.js");
}

async function startOnce({ command }: Contender): Promise<number> {
  const start = performance.now();
  const [file, ...args] = onCore(0, command);
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const port = Number(/http:\/\/[^:]+:(\d+)/.exec(line)?.[1]);
      const [scenario] = SCENARIOS;
      if (Number.isNaN(port) || scenario === undefined) continue;
      const socket = connect(port, "127.0.0.1");
      socket.write(await requestBytes(scenario, port));
      const [chunk] = (await once(socket, "data")) as [Buffer];
      const milliseconds = performance.now() - start;
      socket.destroy();
      if (!chunk.toString("latin1").startsWith("HTTP/1.1 200")) throw new Error(chunk.toString("latin1"));
      return milliseconds;
    }
    throw new Error(`Cannot start ${command.join(" ")}: it ended without printing a URL`);
  } finally {
    if (child.pid !== undefined) killFamily(child.pid);
  }
}
