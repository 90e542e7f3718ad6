import { expect, test } from "vitest";
import { resolveLink } from "./resolve-link.ts";
import { renderDocument } from "./render-document.ts";

const PAGES = [
  { source: "README.md", path: "index.html" },
  { source: "docs/stability.md", path: "docs/stability.html" },
  { source: "packages/auth/README.md", path: "packages/auth/index.html" },
] as const;
const [HOME, STABILITY, AUTH] = PAGES;
const REPOSITORY = "https://example.com/owner/name";

test.each([
  ["https://example.org/a#b", HOME, { kind: "link", href: "https://example.org/a#b" }],
  ["mailto:a@example.org", HOME, { kind: "link", href: "mailto:a@example.org" }],
  ["#place", AUTH, { kind: "link", href: "#place" }],
  ["docs/stability.md#promised", HOME, { kind: "link", href: "docs/stability.html#promised" }],
  ["../README.md", STABILITY, { kind: "link", href: "../index.html" }],
  ["../packages/auth", STABILITY, { kind: "link", href: "../packages/auth/index.html" }],
  ["packages/auth/", HOME, { kind: "link", href: "packages/auth/index.html" }],
  ["images/a.png", AUTH, { kind: "asset", href: "images/a.png", source: "packages/auth/images/a.png" }],
  ["src/index.ts", AUTH, { kind: "link", href: `${REPOSITORY}/blob/main/packages/auth/src/index.ts` }],
  ["src", AUTH, { kind: "link", href: `${REPOSITORY}/tree/main/packages/auth/src` }],
] as const)("resolveLink() takes %s of $1.source to where it is", (target, from, expected) => {
  expect(resolveLink(target, from, PAGES, REPOSITORY)).toEqual(expected);
});

test("a file that the site does not have is named without a link, until the repository has an address", () => {
  const { html, title, sections } = renderDocument("# A `b`\n\nSee [the *code*](src/a.ts).\n\n## A b\n", AUTH, {
    pages: PAGES,
    repository: "",
  });

  expect(html).toBe('<h1 id="a-b">A <code>b</code></h1>\n<p>See the <em>code</em>.</p>\n<h2 id="a-b-1">A b</h2>\n');
  expect(title).toBe("A b");
  expect(sections).toEqual([
    { page: "A b", heading: "A b", url: "packages/auth/index.html#a-b", phrases: [], text: "See the code." },
    { page: "A b", heading: "A b", url: "packages/auth/index.html#a-b-1", phrases: [], text: "" },
  ]);
});
