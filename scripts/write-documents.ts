/** Writes the pages that are made from tables: those of `DOCUMENTS`. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DOCUMENTS } from "./documents/documents.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

for (const { path, write } of DOCUMENTS) {
  await writeFile(join(ROOT, path), await write(ROOT));
  console.log(path);
}
