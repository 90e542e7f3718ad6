import type { Report } from "@claude-on-aws/fake/server";
import { describe, expect, test } from "vitest";
import { findMissing } from "./find-missing.ts";

const EMPTY: Report = { exchanges: 0, dropped: 0, clients: [], failed: 0, warned: 0, passed: 0 };
const client = (name: string, answeredInferences: number) => ({
  client: name,
  exchanges: 1,
  answeredInferences,
  rules: [],
});
const SEEN: Report = { ...EMPTY, exchanges: 2, clients: [client("claude-cli/2.1.329", 1), client("curl/8.5.0", 0)] };

const NOTHING = { allowEmpty: false, expected: [], isProxy: false };

describe("findMissing()", () => {
  test("wants an exchange, unless none is needed", () => {
    expect(findMissing(EMPTY, NOTHING)).toEqual([expect.stringContaining("pass --allow-empty")]);
    expect(findMissing(EMPTY, { ...NOTHING, allowEmpty: true })).toEqual([]);
    expect(findMissing(SEEN, NOTHING)).toEqual([]);
  });

  test.each(["claude-cli", "claude-cli/2.1", "claude-cli/2.1.329"])("finds %s, which was answered", (name) => {
    expect(findMissing(SEEN, { ...NOTHING, expected: [name] })).toEqual([]);
  });

  test.each([
    ["claude-cli/2.2", "seen were claude-cli/2.1.329, curl/8.5.0."],
    ["Claude-CLI", "seen were claude-cli/2.1.329, curl/8.5.0."],
    ["cli/2.1.329", "seen were claude-cli/2.1.329, curl/8.5.0."],
    ["curl", "it was seen, but asked no model, or was refused each time."],
  ])("misses %s", (name, words) => {
    const [sentence, ...more] = findMissing(SEEN, { ...NOTHING, expected: ["claude-cli", name] });

    expect(sentence).toContain(`"${name}" (--expect)`);
    expect(sentence).toContain(words);
    expect(more).toEqual([]);
  });

  test("asks whether the client follows the proxy, unless one did", () => {
    const asProxy = { ...NOTHING, isProxy: true };
    const hosts = [{ host: "bedrock.us-east-1.amazonaws.com:443", count: 1 }];

    expect(findMissing(EMPTY, asProxy)[0]).toContain("Nothing came through the proxy.");
    for (const reached of [{ refusedHosts: hosts }, { silentHosts: hosts }]) {
      expect(findMissing({ ...EMPTY, ...reached }, asProxy)).toEqual([expect.stringContaining("--allow-empty")]);
    }
  });

  test("wants a client although nothing has to be seen, and says what was lost", () => {
    const options = { ...NOTHING, allowEmpty: true, expected: ["curl"] };

    expect(findMissing(EMPTY, options)).toEqual([expect.stringContaining("no client was seen.")]);
    expect(findMissing({ ...SEEN, dropped: 7 }, options)[0]).toContain("of 7 exchanges nobody knows any more");
  });

  test("names no more clients than a reader wants to see, and nothing that moves the cursor", () => {
    const clients = Array.from({ length: 40 }, (_, index) => client(`c${index}\u001B[2J`, 0));
    const [sentence = ""] = findMissing({ ...SEEN, clients }, { ...NOTHING, expected: ["x"] });

    expect(sentence).toContain("c9 [2J and 30 more");
    expect(sentence).not.toMatch(/\p{Cc}/u);
  });
});
