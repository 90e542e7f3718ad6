import { expect, test } from "vitest";
import { parseArguments } from "./parse-arguments.ts";

const OPTIONS = { credentials: { type: "string" }, json: { type: "boolean" } } as const;

test.each([
  [["--credential", "env"], "Unknown option '--credential'"],
  [["-x"], "Unknown option '-x'"],
  [["--json=yes"], expect.stringContaining("'--json'")],
  [["--credentials"], expect.stringContaining("'--credentials <value>'")],
])("parseArguments() says of %j what is wrong with it, and nothing else", (args, message) => {
  const parse = () => parseArguments({ args, options: OPTIONS, allowPositionals: true });

  expect(parse).toThrow(expect.objectContaining({ code: "USAGE", message }));
  expect(parse).not.toThrow(/positional/);
});

test("parseArguments() gives options and what else there is", () => {
  expect(parseArguments({ args: ["--json", "a.har"], options: OPTIONS, allowPositionals: true })).toMatchObject({
    values: { json: true },
    positionals: ["a.har"],
  });
});
