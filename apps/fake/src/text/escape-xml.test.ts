import { describe, expect, test } from "vitest";
import { ATTRIBUTE_ENTITIES, escapeCharacters, escapeXml, TEXT_ENTITIES, XML_ENTITIES } from "./escape-xml.ts";

const EVERYTHING = `a&b<c>d"e'f\rg\nh\u0000i\uFFFEj\uD800k`;

describe("escapeXml()", () => {
  test.each([
    ["a < b & c > d", "a &lt; b &amp; c &gt; d"],
    [`"it's"`, "&quot;it&apos;s&quot;"],
    ["]]>", "]]&gt;"],
    ["a\u0000b\u001Fc\uFFFEd", "a\uFFFDb\uFFFDc\uFFFDd"],
    ["lone \uD800 surrogate", "lone \uFFFD surrogate"],
    ["a\r\nb\tc", "a&#13;\nb\tc"],
    ["</Message><Code>x</Code>", "&lt;/Message&gt;&lt;Code&gt;x&lt;/Code&gt;"],
    ["&amp;", "&amp;amp;"],
    ["ä😀", "ä😀"],
  ])("writes %j as %j", (text, written) => {
    expect(escapeXml(text)).toBe(written);
  });

  test("escapes only what is asked for, and takes out what XML cannot hold all the same", () => {
    expect(escapeXml(EVERYTHING, ATTRIBUTE_ENTITIES)).toBe(`a&amp;b&lt;c&gt;d&quot;e'f\rg\nh\uFFFDi\uFFFDj\uFFFDk`);
    expect(escapeXml(EVERYTHING, { ...ATTRIBUTE_ENTITIES, "\n": "&#10;" })).toContain("f\rg&#10;h");
  });
});

describe("escapeCharacters()", () => {
  test.each([
    [TEXT_ENTITIES, `a&amp;b&lt;c&gt;d"e'f\rg\nh\u0000i\uFFFEj\uD800k`],
    [ATTRIBUTE_ENTITIES, `a&amp;b&lt;c&gt;d&quot;e'f\rg\nh\u0000i\uFFFEj\uD800k`],
    [XML_ENTITIES, "a&amp;b&lt;c&gt;d&quot;e&apos;f&#13;g\nh\u0000i\uFFFEj\uD800k"],
    [{}, EVERYTHING],
  ])("escapes what stands in %j, and leaves the rest as it is", (entities, written) => {
    expect(escapeCharacters(EVERYTHING, entities)).toBe(written);
  });
});
