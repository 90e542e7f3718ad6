/** How characters that mean something in markup are written in it. */
export type Entities = Readonly<Partial<Record<"&" | "<" | ">" | '"' | "'" | "\r" | "\n", string>>>;

/** What begins markup in a text. */
export const TEXT_ENTITIES: Entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** That, and what ends an attribute between double quotes. */
export const ATTRIBUTE_ENTITIES: Entities = { ...TEXT_ENTITIES, '"': "&quot;" };

/** That, and what ends one between single quotes, and what a parser of XML would read as a line feed. */
export const XML_ENTITIES: Entities = { ...ATTRIBUTE_ENTITIES, "'": "&apos;", "\r": "&#13;" };

const SPECIAL = /[&<>"'\r\n]/g;

/** What XML 1.0 cannot hold, even escaped. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * Writes characters of a text as entities.
 *
 * @param text The text.
 * @param entities The characters, and what is written for each.
 * @returns The text with nothing else changed.
 */
export const escapeCharacters = (text: string, entities: Entities): string =>
  text.replaceAll(SPECIAL, (character) => entities[character as keyof Entities] ?? character);

/**
 * Writes a text as it may stand in XML. What XML cannot hold becomes U+FFFD.
 *
 * @param text The text.
 * @param entities The characters to escape. `"\n"` is to be one of them in an attribute, where a parser would read a space.
 * @returns Text without markup.
 * @see {@link https://www.w3.org/TR/xml/#charsets | Extensible Markup Language (XML) 1.0, characters}
 */
export const escapeXml = (text: string, entities: Entities = XML_ENTITIES): string =>
  escapeCharacters(text.toWellFormed().replaceAll(FORBIDDEN, "\uFFFD"), entities);
