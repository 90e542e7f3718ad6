import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readMembers } from "../shared/read-members.ts";
import { TEST_FILES } from "../shared/test-files.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("no test holds the version of a package: a release would break it", async () => {
  const members = await readMembers(ROOT);
  const named = members.flatMap(({ manifest: { name, version = "" } }) => [
    `${name}/${version}"`,
    `${name}@${version}"`,
  ]);
  const holding = globSync(TEST_FILES, { cwd: ROOT }).filter((file) => {
    const text = readFileSync(`${ROOT}/${file}`, "utf8");
    return named.some((words) => text.includes(words));
  });

  expect(holding).toEqual([]);
});
