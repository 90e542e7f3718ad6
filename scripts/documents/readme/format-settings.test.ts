import { expect, test } from "vitest";
import { formatSettings } from "./format-settings.ts";

test("formatSettings() lists every key, wherever it stands", () => {
  const text = { type: "string", description: "A text." };
  const schema = {
    type: "object",
    properties: {
      $schema: text,
      a: { type: "integer", default: 10_000, description: "A number." },
      b: { description: "A list.", type: "array", items: { type: "object", properties: { c: text }, required: ["c"] } },
      d: { description: "By name.", type: "object", additionalProperties: { type: "object", properties: { e: text } } },
      f: { description: "Either.", anyOf: [{ enum: ["x", "y"] }, { type: "object", properties: { g: text } }] },
    },
  };

  expect(formatSettings(schema).split("\n").slice(2)).toEqual([
    "| `a` | whole number | 10,000 | A number. |",
    "| `b` | list of object |  | A list. |",
    "| `b[].c` | text | required | A text. |",
    "| `d` | object of object by name |  | By name. |",
    "| `d.NAME.e` | text |  | A text. |",
    "| `f` | `x`, `y`, or object |  | Either. |",
    "| `f.g` | text |  | A text. |",
  ]);
});
