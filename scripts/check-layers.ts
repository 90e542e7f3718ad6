import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { checkMember } from "./layers/check-member.ts";
import { layerRules } from "./layers/layer-rules.ts";
import { readSourceMember } from "./layers/source-member.ts";
import { type Manifest, readMembers } from "./shared/read-members.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const members = await readMembers(root);
const shared = JSON.parse(await readFile(`${root}package.json`, "utf8")) as Manifest;
const sources = await Promise.all(members.map((member) => readSourceMember(root, member)));
const context = {
  rules: layerRules,
  siblings: new Set(members.map(({ manifest }) => manifest.name)),
  shared: new Set(Object.keys(shared.devDependencies ?? {})),
};
const problems = sources.flatMap((member) => checkMember(member, context));

for (const problem of problems) console.log(problem);
const fileCount = sources.reduce((sum, { files }) => sum + files.length, 0);
console.log(`${members.length} members, ${fileCount} files: ${problems.length} violations`);
process.exitCode = problems.length === 0 ? 0 : 1;
