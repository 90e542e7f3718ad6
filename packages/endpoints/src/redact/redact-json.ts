import type { HarmlessForm } from "./forms.ts";
import { redactForm } from "./redact-form.ts";
import { HARMLESS_FIELDS } from "./harmless-names.ts";
import { hide } from "./hide.ts";
import { redactText } from "./redact-text.ts";
import { redactWord } from "./redact-word.ts";

/** Shorter numbers are counts, sizes and choices. */
const MIN_HIDDEN_DIGITS = 8;

/** An object or an array that is open. */
interface Open {
  readonly isObject: boolean;
  /** The form of what stands in it; that of the field, in an object. */
  form: HarmlessForm | undefined;
}

/**
 * Hides what may be a key or a token in a JSON text: every text and every long number, unless the nearest name around it is
 * known to be harmless; there, words that look made up. What is not hidden stays byte for byte, white space and escapes too.
 *
 * @param text JSON, or its beginning; whatever is none is read as free text.
 * @returns The text.
 */
export function redactJson(text: string): string {
  const open: Open[] = [];
  let written = "";
  let from = 0;
  let expectsName = false;
  const write = (at: number, end: number, replacement: string): void => {
    written += text.slice(from, at) + replacement;
    from = end;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    const around = open.at(-1);
    if (character === "{" || character === "[") {
      open.push({ isObject: character === "{", form: around?.form });
      expectsName = character === "{";
    } else if (character === "}" || character === "]") {
      open.pop();
      expectsName = false;
    } else if (character === ",") expectsName = around?.isObject === true;
    else if (character === ":") expectsName = false;
    else if (character === '"') {
      const end = endOfString(text, at);
      const raw = text.slice(at, end);
      const meant = parseString(raw);
      if (expectsName) {
        if (around !== undefined) around.form = HARMLESS_FIELDS.get(meant);
        write(at, end, replaced(raw, meant, redactWord(meant)));
      } else write(at, end, replaced(raw, meant, redactValue(meant, open.length === 0 ? "text" : around?.form)));
      at = end - 1;
    } else if (BARE.test(character)) {
      const end = endOfBare(text, at);
      const raw = text.slice(at, end);
      write(at, end, redactBare(raw, open.length === 0 ? "text" : around?.form));
      at = end - 1;
    }
  }
  return written + text.slice(from);
}

/** What is neither white space nor a mark of JSON. */
const BARE = /[^\s{}[\],:"]/;

/**
 * Hides a value by the form of its field.
 *
 * @param value The text.
 * @param form The form, where the field is harmless.
 * @returns The value, or as much of it as may be shown.
 */
const redactValue = (value: string, form: HarmlessForm | undefined): string =>
  value === "" ? value : form === undefined ? hide(value) : redactForm(form, value);

/** Numbers, `true`, `false` and `null`; anything else is no JSON. */
function redactBare(raw: string, form: HarmlessForm | undefined): string {
  if (raw === "true" || raw === "false" || raw === "null") return raw;
  if (form !== undefined || !/^-?[\d.eE+-]+$/.test(raw)) return redactText(raw);
  return raw.length < MIN_HIDDEN_DIGITS ? raw : JSON.stringify(hide(raw));
}

const replaced = (raw: string, meant: string, shown: string): string => (shown === meant ? raw : JSON.stringify(shown));

/** Index behind the quote that ends a string; the length of the text where it was cut. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function endOfBare(text: string, start: number): number {
  let at = start;
  while (at < text.length && BARE.test(text[at] as string)) at++;
  return at;
}

/** What a string means; as it stands where it is cut or no JSON. */
function parseString(raw: string): string {
  for (const whole of [raw, `${raw}"`]) {
    try {
      return JSON.parse(whole) as string;
    } catch {
      // An escape that was cut, or a control character.
    }
  }
  return raw.slice(1).replace(/"$/, "");
}
