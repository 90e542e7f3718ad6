/** What runs in each page: the search. Everything else works without it. */
import { createSearch } from "./find-sections.ts";
import { inLanguage } from "./in-language.ts";
import type { Section } from "./section.ts";

/** Written into the script by whoever bundles it. */
declare const SECTIONS: readonly Section[];

/** How much of a section is shown below its heading, in characters. */
const MAX_SNIPPET_CHARACTERS = 240;

const root = document.querySelector<HTMLScriptElement>("script[data-root]")?.dataset["root"] ?? "";
const field = document.querySelector<HTMLTextAreaElement>("#query");
const found = document.querySelector("#found");
const count = document.querySelector("#count");
/** One search for each language. */
const searches = new Map<string, ReturnType<typeof createSearch>>();

function searchIn(language: string): ReturnType<typeof createSearch> {
  const made = searches.get(language) ?? createSearch(inLanguage(SECTIONS, language));
  searches.set(language, made);
  return made;
}

function show(query: string): void {
  // The index is made by the first letter that somebody types.
  const sections = searchIn(/\p{Script=Han}/u.test(query) ? "zh" : document.documentElement.lang)(query);
  found?.replaceChildren(...sections.map(toItem));
  if (count !== null) count.textContent = query.trim() === "" ? "" : describeCount(sections.length);
}

function describeCount(length: number): string {
  if (length === 0) return "Nothing fits. Try the words of the message alone.";
  return length === 1 ? "One place fits." : `${length} places fit, the best first.`;
}

function toItem({ page, heading, url, text }: Section): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = root + url;
  link.textContent = heading;
  const where = document.createElement("span");
  where.textContent = ` – ${page}`;
  const snippet = document.createElement("p");
  snippet.textContent = text.length > MAX_SNIPPET_CHARACTERS ? `${text.slice(0, MAX_SNIPPET_CHARACTERS)}…` : text;
  item.append(link, where, snippet);
  return item;
}

if (field !== null) {
  field.closest("search")?.removeAttribute("hidden");
  field.addEventListener("input", () => show(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") field.value = "";
    if (event.key === "Escape") show("");
  });
  // What was typed before the page was left and came back to.
  if (field.value !== "") show(field.value);
}
