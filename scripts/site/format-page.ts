import { posix } from "node:path";
import type { RenderedDocument } from "./render-document.ts";
import type { SitePage } from "./site-pages.ts";

/** What the head of every page leads to. */
const NAVIGATION: readonly (readonly [path: string, title: string, lang?: string])[] = [
  ["index.html", "Start"],
  ["docs/troubleshooting.html", "Troubleshooting"],
  ["docs/troubleshooting.zh.html", "故障排除", "zh"],
  ["docs/differences.html", "Differences"],
  ["docs/scenarios.html", "Scenarios"],
  ["docs/stability.html", "Stability"],
  ["apps/fake/index.html", "The fake"],
  ["apps/cli/index.html", "The command"],
  ["api/index.html", "API"],
];

/** Nothing but what lies beside the page is loaded, and nothing is sent anywhere; `file:` is for a page opened from disk. */
const POLICY =
  "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

/** What {@link formatPage} is told besides the document. */
export interface PageOptions {
  /** Whether the site has the reference of the packages. */
  readonly hasApi: boolean;
}

/**
 * Writes a page around a document: navigation, search, and the document.
 *
 * @returns A whole document of HTML.
 */
export function formatPage(
  { title, html }: RenderedDocument,
  { path, source }: SitePage,
  { hasApi }: PageOptions,
): string {
  const up = posix.relative(posix.dirname(path), ".");
  const root = up === "" ? "" : `${up}/`;
  const lang = source.endsWith(".zh.md") ? "zh" : "en";
  const links = NAVIGATION.filter(([to]) => hasApi || !to.startsWith("api/")).map(([to, text, of = "en"]) => {
    const here = to === path ? ' aria-current="page"' : "";
    return `<a href="${root}${to}" lang="${of}"${here}>${text}</a>`;
  });
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}${path === "index.html" ? "" : " – claude-on-aws"}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}site.css">
<script defer src="${root}site.js" data-root="${root}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header>
<nav aria-label="Pages">${links.join("\n")}</nav>
<search hidden>
<label for="query">Paste an error of AWS, or a code of <code>status</code> or <code>verify</code></label>
<textarea id="query" rows="2" spellcheck="false" autocomplete="off"></textarea>
<p id="count" role="status"></p>
<ol id="found"></ol>
</search>
</header>
<main id="main">
${html}</main>
<footer><p>Not affiliated with Anthropic or AWS. This page loads nothing from elsewhere, and what you paste stays in it.</p></footer>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
