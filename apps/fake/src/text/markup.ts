import { ATTRIBUTE_ENTITIES } from "./escape-xml.ts";

/** A piece of HTML that is safe to put into a page. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, `undefined` leaves nothing behind. */
export type Content = Markup | string | number | undefined | readonly Content[];

/**
 * Writes HTML from a template, and escapes every text that is put into it. A
 * line break in the template is a space; one that matters is put in as a value.
 *
 * @param values Go between tags; never inside one, but for numbers and what {@link attribute} made.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const literals = literalsOf(strings);
  let text = literals[0] ?? "";
  for (const [index, value] of values.entries()) text += write(value) + (literals[index + 1] ?? "");
  return new Markup(text);
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** What stands in a template, without the indentation that it has for its readers. */
function literalsOf(strings: TemplateStringsArray): readonly string[] {
  const before = known.get(strings);
  if (before !== undefined) return before;
  const literals = strings.map((literal) => literal.replace(/\n\s*/g, " "));
  known.set(strings, literals);
  return literals;
}

function write(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return content === undefined ? "" : content.map(write).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { ...ATTRIBUTE_ENTITIES, "'": "&#39;" };

/**
 * What HTML reads, and what nobody sees: controls, marks of direction, blanks
 * that are no space or have no width, halves of a pair.
 */
const SPECIAL =
  /[&<>"']|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|\u2800/gu;

/** Text for a page: nothing in it is read as HTML, and what cannot be seen is written as its code point. */
export const escapeText = (text: string): string =>
  text.replace(SPECIAL, (character) => ENTITIES[character] ?? `<i class="unseen">${codePoint(character)}</i>`);

/** Text for the value of an attribute, between double quotes. */
export const attribute = (text: string): Markup =>
  new Markup(text.replace(SPECIAL, (character) => ENTITIES[character] ?? codePoint(character)));

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Cuts a text that is too long, and says how much is missing. */
export function clipText(text: string, maxLength: number): Content {
  if (text.length <= maxLength) return text;
  // A pair that is cut through would be shown as two halves.
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1));
  const kept = text.slice(0, isPair ? maxLength - 1 : maxLength);
  return [kept, html`<i class="cut">… ${formatCount(text.length - kept.length)} more characters</i>`];
}

/** `5,000`. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");
