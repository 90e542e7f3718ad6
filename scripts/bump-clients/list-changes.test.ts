import { expect, test } from "vitest";
import { formatChanges, listChanges } from "./list-changes.ts";

const BEFORE = { "@anthropic-ai/sdk": "1.11.0", ai: "7.0.0", unknown: "1.0.0" };

test("listChanges() has the clients whose release differs, in their order", () => {
  expect(listChanges(BEFORE, { ai: "7.0.1", "@anthropic-ai/sdk": "1.14.0" })).toEqual([
    { name: "@anthropic-ai/sdk", from: "1.11.0", to: "1.14.0" },
    { name: "ai", from: "7.0.0", to: "7.0.1" },
  ]);
  expect(listChanges(BEFORE, BEFORE)).toEqual([]);
});

test("formatChanges() writes them below each other", () => {
  expect(formatChanges(listChanges(BEFORE, { "@anthropic-ai/sdk": "1.14.0", ai: "7.0.1" }))).toEqual([
    "@anthropic-ai/sdk  1.11.0 → 1.14.0",
    "ai                 7.0.0 → 7.0.1",
  ]);
  expect(formatChanges([])).toEqual([]);
});
