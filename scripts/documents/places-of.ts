import { outsideOfCode } from "./outside-of-code.ts";

const HEADING = /^#{1,6}\s+(?<text>.+?)\s*#*$/;
const LINK = /\[(?<text>[^\]]*)\]\([^)]*\)/g;
const PUNCTUATION = /[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation} -]/gu;

/**
 * Lists the places of a Markdown file to which a link can lead: one for each heading.
 *
 * @param markdown The file.
 * @returns What stands behind `#` in such a link, as GitHub writes it.
 */
export function placesOf(markdown: string): ReadonlySet<string> {
  const places = new Set<string>();
  outsideOfCode(markdown, (line) => {
    const text = HEADING.exec(line)?.groups?.["text"];
    if (text === undefined) return line;
    const place = placeOf(text);
    let unique = place;
    for (let count = 1; places.has(unique); count++) unique = `${place}-${count}`;
    places.add(unique);
    return line;
  });
  return places;
}

/**
 * Says what a heading is called in a link.
 *
 * @param heading Its text.
 * @returns What stands behind `#`, where no heading before it has the same text.
 */
export const placeOf = (heading: string): string =>
  heading.replaceAll(LINK, "$<text>").toLowerCase().replaceAll(PUNCTUATION, "").replaceAll(" ", "-");
