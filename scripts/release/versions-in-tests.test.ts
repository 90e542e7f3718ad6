import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readMembers } from "../shared/read-members.ts";
import { TEST_FILES } from "../shared/test-files.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Not the one of today alone: a made-up one is that of a release one day. */
const VERSION = String.raw`\d+\.\d+\.\d+`;

test("no test holds a version of a package: a release would break it", async () => {
  const members = await readMembers(ROOT);
  const names = members.map(({ manifest: { name } }) => name).join("|");
  const named = new RegExp(`(?<![\\w-])(?:${names})[/@]${VERSION}`);
  const holding = globSync(TEST_FILES, { cwd: ROOT }).filter((file) =>
    named.test(readFileSync(`${ROOT}/${file}`, "utf8")),
  );

  expect(holding).toEqual([]);
});
