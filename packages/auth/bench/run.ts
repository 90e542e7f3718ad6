/** Prints what signing and verifying cost beside their peers and the bare hash; see README.md. */
import process from "node:process";
import { type Contender, signers, verifiers } from "./contenders.ts";
import { diagnoses } from "./diagnoses.ts";
import { measure } from "./measure.ts";

const KIB = 1024;
const bodyOf = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(97);

const runtime =
  process.versions["bun"] === undefined
    ? process.versions["deno"] === undefined
      ? `Node ${process.versions.node}`
      : `Deno ${process.versions["deno"]}`
    : `Bun ${process.versions["bun"]}`;

const rows: readonly (readonly [title: string, contenders: readonly Contender[], calls: number])[] = [
  ["sign 1 KB", signers(bodyOf(KIB)), 3000],
  ["sign 1 MB", signers(bodyOf(KIB * KIB)), 8],
  ["sign 10 MB", signers(bodyOf(10 * KIB * KIB)), 2],
  ["verify 10 KB", await verifiers(bodyOf(10 * KIB)), 3000],
];

for (const [title, contenders, calls] of rows) {
  const times = await measure(contenders, calls);
  const limit = Math.min(...contenders.filter(({ kind }) => kind === "limit").map(({ name }) => times.get(name) ?? 0));
  const peer = Math.min(...contenders.filter(({ kind }) => kind === "peer").map(({ name }) => times.get(name) ?? 0));
  console.log(`\n${runtime}, ${title}`);
  for (const { name, kind } of contenders) {
    const time = times.get(name) ?? 0;
    const beside = kind === "ours" ? `, ${(peer / time).toFixed(2)} times as fast as the best peer` : "";
    console.log(
      `  ${name.padEnd(52)} ${time.toFixed(2).padStart(10)} µs  ${(time / limit).toFixed(2)}x the hash${beside}`,
    );
  }
}

console.log(`\n${runtime}, diagnose`);
for (const [name, time] of await measure(await diagnoses(), 20)) {
  console.log(`  ${name.padEnd(52)} ${time.toFixed(0).padStart(10)} µs`);
}
