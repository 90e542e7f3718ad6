import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const ENDPOINTS = new URL("../../endpoints/src/index.ts", import.meta.url);

/** What a file and all that it imports need from outside when they are loaded. */
function outsideOf(file: URL, seen: Set<string> = new Set()): ReadonlySet<string> {
  const outside = new Set<string>();
  if (seen.has(file.href)) return outside;
  seen.add(file.href);
  // A type is gone at run time, and `import(…)` waits until it is called.
  for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(
    /^(?:import|export|\}) (?!type)[^;]*?from "([^"]+)";$/gm,
  )) {
    // The ground that this package stands on comes along with it, and must need nothing either.
    const next = specifier === "@claude-on-aws/endpoints" ? ENDPOINTS : new URL(specifier, file);
    if (next !== ENDPOINTS && !specifier.startsWith(".")) outside.add(specifier);
    else for (const name of outsideOf(next, seen)) outside.add(name);
  }
  return outside;
}

describe("an entry loads nothing from outside when it is imported", () => {
  test.each([
    "index.ts",
    "sigv4/index.ts",
    "diagnose/index.ts",
    "iam/index.ts",
    "smithy/index.ts",
    "aws4fetch/index.ts",
    "command/index.ts",
    "credentials/index.ts",
  ])("%s", (entry) => {
    expect([...outsideOf(new URL(`../src/${entry}`, import.meta.url))]).toEqual([]);
  });
});
