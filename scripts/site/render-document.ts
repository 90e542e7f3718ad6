import { Marked, type Token, type Tokens } from "marked";
import { placeOf } from "../documents/places-of.ts";
import { resolveLink } from "./resolve-link.ts";
import type { Section } from "./section.ts";
import type { SitePage } from "./site-pages.ts";

/** A document as a page shows it. */
export interface RenderedDocument {
  readonly title: string;
  /** The inside of its main part. */
  readonly html: string;
  readonly sections: readonly Section[];
  /** Files that it shows, from the root of the workspace. */
  readonly assets: readonly string[];
}

/** What a document needs to know of the site. */
export interface SiteContext {
  readonly pages: readonly SitePage[];
  /** Address of the repository in a browser; empty if it has none yet. */
  readonly repository: string;
}

/**
 * Turns a document of this repository into HTML. It is our own text: what HTML stands in it is kept.
 *
 * @param markdown The document.
 * @param page Its page.
 */
export function renderDocument(markdown: string, page: SitePage, { pages, repository }: SiteContext): RenderedDocument {
  const marked = new Marked();
  const assets: string[] = [];
  const tokens = marked.lexer(markdown);
  marked.walkTokens(tokens, (token) => {
    if (token.type !== "link" && token.type !== "image") return;
    const linked = token as Tokens.Link | Tokens.Image;
    const resolved = resolveLink(linked.href, page, pages, repository);
    if (resolved.kind === "nowhere") linked.href = "";
    else linked.href = resolved.href;
    if (resolved.kind === "asset") assets.push(resolved.source);
  });
  const places = new Map<Tokens.Heading, string>();
  for (const heading of tokens.filter(isHeading)) places.set(heading, uniquePlace(heading, [...places.values()]));
  marked.use({
    renderer: {
      heading(token) {
        return `<h${token.depth} id="${places.get(token) ?? ""}">${this.parser.parseInline(token.tokens)}</h${token.depth}>\n`;
      },
      link(token) {
        // What the site does not have is named, and leads nowhere.
        return token.href === "" ? this.parser.parseInline(token.tokens) : false;
      },
    },
  });
  const [first] = tokens.filter(isHeading);
  const title = first === undefined ? page.source : plainText(first);
  return { title, html: marked.parser(tokens), sections: splitSections(tokens, title, page, places), assets };
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === "heading";

function uniquePlace(heading: Tokens.Heading, taken: readonly string[]): string {
  const place = placeOf(heading.text);
  const same = taken.filter((each) => each.replace(/-\d+$/, "") === place).length;
  return same === 0 ? place : `${place}-${same}`;
}

function splitSections(
  tokens: readonly Token[],
  page: string,
  { path }: SitePage,
  places: ReadonlyMap<Tokens.Heading, string>,
): readonly Section[] {
  const sections: { heading: string; url: string; phrases: string[]; texts: string[]; tables: string[] }[] = [];
  for (const token of tokens) {
    if (isHeading(token)) {
      sections.push({
        heading: plainText(token),
        url: `${path}#${places.get(token) ?? ""}`,
        phrases: [],
        texts: [],
        tables: [],
      });
      continue;
    }
    const section = sections.at(-1);
    if (token.type === "table") section?.tables.push(plainText(token));
    else section?.texts.push(plainText(token));
    section?.phrases.push(...phrasesOf(token));
  }
  // A result of a search shows the beginning: a sentence says more there than the cells of a table.
  return sections.map(({ texts, tables, ...section }) => ({
    page,
    ...section,
    phrases: [...new Set(section.phrases)],
    text: [...texts, ...tables].join(" ").replaceAll(/\s+/g, " ").trim(),
  }));
}

/** What stands in the cells of a table, or in code within a text. */
function phrasesOf(token: Token): readonly string[] {
  if (token.type === "table")
    return (token as Tokens.Table).rows.flat().map((cell) => cell.tokens.map(plainText).join(""));
  if (token.type === "codespan") return [(token as Tokens.Codespan).text];
  return childrenOf(token).flatMap(phrasesOf);
}

function plainText(token: Token): string {
  if (token.type === "table") {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows]
      .flat()
      .map((cell) => cell.tokens.map(plainText).join(""))
      .join(" ");
  }
  const children = childrenOf(token);
  if (children.length > 0) return children.map(plainText).join(token.type === "list" ? " " : "");
  return "text" in token ? String(token.text) : "";
}

const childrenOf = (token: Token): readonly Token[] =>
  token.type === "list" ? (token as Tokens.List).items : "tokens" in token ? (token.tokens ?? []) : [];
