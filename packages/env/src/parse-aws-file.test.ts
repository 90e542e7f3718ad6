import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAwsFile } from "./index.ts";

const plain = (text: string): unknown =>
  Object.fromEntries([...parseAwsFile(text)].map(([name, section]) => [name, Object.fromEntries(section)]));

describe("parseAwsFile()", () => {
  test.each([
    [
      "a section with spaces around its values",
      "[default]\nregion = us-east-1 \n",
      { default: { region: "us-east-1" } },
    ],
    ["Windows line ends", "[a]\r\nb=c\r\n", { a: { b: "c" } }],
    ["comments", "# one\n[a] ; two\nb=c # three\nd=e#f\n;g=h\n", { a: { b: "c", d: "e#f" } }],
    ["keys below a key", "[a]\ns3 =\n  max = 1\nb = c\n", { a: { "s3.max": "1", b: "c" } }],
    ["two sections of one name", "[a]\nb=c\n[a]\nd=e\n", { a: { b: "c", d: "e" } }],
    ["a value with equals signs", "[a]\nb = c=d==\n", { a: { b: "c=d==" } }],
    ["lines that say nothing", "x=y\n[a]\nnothing\n=z\n", { a: {} }],
    ["nothing", "", {}],
  ])("reads %s", (_name, text, sections) => {
    expect(plain(text)).toEqual(sections);
  });

  test("never throws", () => {
    const pieces = fc.array(fc.constantFrom("[", "]", "=", "\n", "a", " ", "#", ";", "\t", "\r"), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, (parts) => {
        expect(parseAwsFile(parts.join(""))).toBeInstanceOf(Map);
      }),
    );
  });
});
