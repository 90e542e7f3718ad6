import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadHandlers } from "./load-handlers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "load-handlers-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function module(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("loadHandlers()", () => {
  test.each([
    ["named.mjs", "export const handlers = [{ run() {} }];"],
    ["default.mjs", "export default [{ run() {} }];"],
  ])("takes the handlers of %s", async (name, text) => {
    expect(await loadHandlers(await module(name, text))).toHaveLength(1);
  });

  test.each([
    ["other.mjs", "export const other = [];", /expected an export named handlers, or a default export/],
    ["no-array.mjs", "export const handlers = {};", /an array of msw handlers$/],
    ["no-handlers.mjs", "export const handlers = [1];", /an array of msw handlers$/],
    ["throws.mjs", 'throw new Error("my mistake");', /it does not load: .*my mistake/],
  ])("does not take %s", async (name, text, message) => {
    await expect(loadHandlers(await module(name, text))).rejects.toThrow(message);
  });

  test("says that a module is not there, or a folder, and the way out", async () => {
    await expect(loadHandlers(join(folder, "none.mjs"))).rejects.toThrow(
      /^Cannot read --handlers .*none\.mjs: there is no such file or folder; check the path, .*directory$/,
    );
    await expect(loadHandlers(folder)).rejects.toThrow(
      /^Cannot read --handlers .*: that is a folder; name a file in it$/,
    );
  });
});
