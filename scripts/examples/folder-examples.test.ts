import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { REQUIREMENTS, workflowCommand } from "./folder-examples.ts";

describe("workflowCommand", () => {
  test("takes the last command", () => {
    const steps = "[{ run: npm ci }, { run: npm test }, { uses: actions/upload-artifact }]";

    expect(workflowCommand(`jobs: { test: { steps: ${steps} } }`)).toBe("npm test");
  });

  test("refuses a workflow without one", () => {
    expect(() => workflowCommand("jobs: { test: { steps: [{ uses: a }] } }")).toThrow("none of its steps has a `run`");
  });
});

test("whatever has a requirement is an example", async () => {
  const folders = await readdir(fileURLToPath(new URL("../../examples", import.meta.url)));

  expect(folders).toEqual(expect.arrayContaining(Object.keys(REQUIREMENTS)));
});
