import { expect, test } from "vitest";
import { importAll } from "./consumer.ts";

test("importAll() imports every entry of every package", () => {
  const text = importAll([
    { name: "@x/a", exports: { ".": "./a.js", "./part": { types: "./p.d.ts", default: "./p.js" } } },
    { name: "b", exports: "./b.js" },
  ]);
  expect(text).toBe(
    [
      'import * as entry0 from "@x/a";',
      'import * as entry1 from "@x/a/part";',
      'import * as entry2 from "b";',
      "console.log([entry0, entry1, entry2].length);",
      "",
    ].join("\n"),
  );
});
