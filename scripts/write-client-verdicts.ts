/** Lets the official clients that are installed meet every situation, and writes how they took it; then run write-documents. */
import { writeFile } from "node:fs/promises";
import { installedVersion } from "../apps/fake/test/verdicts/official-versions.ts";
import { OFFICIAL_CLIENTS } from "../apps/fake/test/verdicts/programs.ts";
import { judgeClient } from "../apps/fake/test/verdicts/situations.ts";

const FILE = new URL("../fixtures/client-verdicts/official-clients.json", import.meta.url);

const verdicts = [];
for (const client of OFFICIAL_CLIENTS) {
  verdicts.push(await judgeClient(client, installedVersion(client.package)));
  console.log(client.name);
}
await writeFile(FILE, `${JSON.stringify(verdicts, undefined, 2)}\n`);
// Clients keep their connections open.
process.exit(0);
