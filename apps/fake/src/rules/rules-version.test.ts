import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { RULES_VERSION } from "../evidence/rules-version.ts";
import { RULES } from "./rules.ts";

/** What decides of the rules, as one hash for each version. */
const HASHES: Readonly<Record<number, string>> = {
  1: "44f46e5f7e726086",
  2: "76e4296fb6e99459",
  3: "62aef3042e64da50",
  4: "510dbd96513a92a9",
};

/** Words may be mended without a new version: they judge nothing. */
const decisive = RULES.map(({ id, group, level, needsWire = false, ...rule }) =>
  "judge" in rule
    ? { id, group, level, needsWire, judge: true }
    : {
        id,
        group,
        level,
        needsWire,
        check: rule.check,
        brokenBy: rule.brokenBy,
        applies: rule.appliesTo === undefined,
      },
);

test("the version of the rules rises with them", () => {
  const hash = createHash("sha256").update(JSON.stringify(decisive)).digest("hex").slice(0, 16);

  expect(
    HASHES[RULES_VERSION],
    `The rules are others than those of version ${RULES_VERSION}: raise RULES_VERSION, and note "${hash}" for it`,
  ).toBe(hash);
});
