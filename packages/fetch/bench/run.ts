import { spawn } from "node:child_process";
import process from "node:process";
import { type Contender, createContenders } from "./contenders.ts";

// Processor time of the client alone: what other programs of the machine do matters less to it than to the clock.
const ROUNDS = 5;
const REQUEST = { model: "claude-opus-5-5", max_tokens: 1000, messages: [{ role: "user" as const, content: "Hello" }] };
const LONG = { ...REQUEST, messages: [{ role: "user" as const, content: "A long prompt. ".repeat(70_000) }] };

const CASES = [
  { name: "1,000 streamed tokens: ms of CPU", request: { ...REQUEST, stream: true }, times: 40 },
  { name: "a short message: ms of CPU", request: REQUEST, times: 400 },
  { name: "a prompt of 1 MB: ms of CPU", request: LONG, times: 15 },
] as const;

async function cpuMs(contender: Contender, request: (typeof CASES)[number]["request"], times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await contender(request);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const server = spawn("node", [new URL("server.ts", import.meta.url).pathname], { stdio: ["pipe", "pipe", "inherit"] });
const port = await new Promise<string>((resolve) =>
  server.stdout.once("data", (data: Buffer) => resolve(data.toString().trim())),
);
const contenders = Object.entries(createContenders(`http://127.0.0.1:${port}`));
for (const { name, request, times } of CASES) {
  const measured = new Map<string, number[]>(contenders.map(([title]) => [title, []]));
  for (const [, contender] of contenders) await cpuMs(contender, request, Math.ceil(times / 4));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [title, contender] of contenders) measured.get(title)?.push(await cpuMs(contender, request, times));
  }
  console.log(name);
  for (const [title, values] of measured) console.log(`  ${median(values).toFixed(2).padStart(8)}  ${title}`);
}
server.stdin.end();
process.exit();
