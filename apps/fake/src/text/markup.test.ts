import { describe, expect, test } from "vitest";
import { attribute, clipText, escapeText, html, Markup } from "./markup.ts";

describe("html()", () => {
  test("escapes what is put into it, and leaves markup alone", () => {
    expect(html`<p>${"<b>"} ${html`<i>${1}</i>`} ${undefined}${["&", html`<b>2</b>`]}</p>`.text).toBe(
      "<p>&lt;b&gt; <i>1</i> &amp;<b>2</b></p>",
    );
  });

  test("makes a space of a line break in the template, and keeps one that is put into it", () => {
    const template = html`<ul>
      <li>${new Markup("a\n  b")}</li>
    </ul>`;

    expect(template.text).toBe("<ul> <li>a\n  b</li> </ul>");
  });
});

describe("escapeText()", () => {
  test.each([
    ["</script>", "&lt;/script&gt;"],
    [`"'&`, "&quot;&#39;&amp;"],
    ["ü 漢 😀 é", "ü 漢 😀 é"],
  ])("writes %j as %j", (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  test.each([
    ["\0", "U+0000"],
    ["\t", "U+0009"],
    ["\r", "U+000D"],
    ["\u001B", "U+001B"],
    ["\u007F", "U+007F"],
    ["\u0085", "U+0085"],
    ["\u00A0", "U+00A0"],
    ["\u00AD", "U+00AD"],
    ["\u061C", "U+061C"],
    ["\u115F", "U+115F"],
    ["\u200B", "U+200B"],
    ["\u202E", "U+202E"],
    ["\u2028", "U+2028"],
    ["\u2066", "U+2066"],
    ["\u2800", "U+2800"],
    ["\u3000", "U+3000"],
    ["\u3164", "U+3164"],
    ["\uD800", "U+D800"],
    ["\uFE0F", "U+FE0F"],
    ["\uFEFF", "U+FEFF"],
    ["\uFFFF", "U+FFFF"],
    ["\u{E0041}", "U+E0041"],
  ])("shows %j as %s", (character, expected) => {
    expect(escapeText(`a${character}b`)).toBe(`a<i class="unseen">${expected}</i>b`);
    expect(attribute(`a${character}b`).text).toBe(`a${expected}b`);
  });
});

describe("clipText()", () => {
  test("leaves a text alone that is not too long", () => {
    expect(clipText("abc", 3)).toBe("abc");
  });

  test("says how much is missing, and cuts no character in two", () => {
    expect(html`${clipText("ab😀cd", 3)}`.text).toBe('ab<i class="cut">… 4 more characters</i>');
  });
});
