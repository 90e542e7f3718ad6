import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkMember } from "./layers/check-member.ts";
import { LAYER_RULES } from "./layers/layer-rules.ts";
import { renewArchitecture } from "./layers/renew-architecture.ts";
import { reportRooms } from "./layers/report-rooms.ts";
import { readSourceMember } from "./layers/source-member.ts";
import { type Manifest, readMembers } from "./shared/read-members.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ARCHITECTURE = `${ROOT}ARCHITECTURE.md`;

const { values: flags } = parseArgs({ options: { write: { type: "boolean", default: false } } });
const members = await readMembers(ROOT);
const shared = JSON.parse(await readFile(`${ROOT}package.json`, "utf8")) as Manifest;
const sources = await Promise.all(members.map((member) => readSourceMember(ROOT, member)));
const context = {
  rules: LAYER_RULES,
  siblings: new Set(members.map(({ manifest }) => manifest.name)),
  shared: new Set(Object.keys(shared.devDependencies ?? {})),
};
const problems = sources.flatMap((member) => checkMember(member, context));

const architecture = await readFile(ARCHITECTURE, "utf8");
const renewed = renewArchitecture(architecture, LAYER_RULES, members);
if (renewed !== architecture) {
  if (flags.write) await writeFile(ARCHITECTURE, renewed);
  else problems.push("ARCHITECTURE.md shows other rules than scripts/layers/layer-rules.ts: run check:layers --write");
}

for (const member of sources) {
  const floors = LAYER_RULES.rooms[member.manifest.name];
  if (floors !== undefined) console.log(reportRooms(member, floors).join("\n"));
}
for (const problem of problems) console.log(problem);
const fileCount = sources.reduce((sum, { files }) => sum + files.length, 0);
console.log(`${members.length} members, ${fileCount} files: ${problems.length} violations`);
process.exitCode = problems.length === 0 ? 0 : 1;
