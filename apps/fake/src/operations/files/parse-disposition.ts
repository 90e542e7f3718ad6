/** What a `content-disposition` of a form says. */
export interface Disposition {
  readonly name: string;
  readonly filename?: string;
}

/** A parameter: its value in quotes, where `\"` and `\\` are escaped, or as it is. */
const PARAMETER = /;[ \t]*([A-Za-z0-9*_-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;" \t]*))[ \t]*/y;

/**
 * Reads the `content-disposition` of a part.
 *
 * @returns `undefined` where it is malformed, or has no name.
 * @see {@link https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data | How browsers and `fetch` write it}
 */
export function parseDisposition(text: string): Disposition | undefined {
  const begin = /^form-data[ \t]*/i.exec(text)?.[0].length;
  if (begin === undefined) return undefined;
  const parameters = new Map<string, string>();
  let at = begin;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    const [whole, name, quoted, bare] = PARAMETER.exec(text) ?? [];
    if (whole === undefined || name === undefined || parameters.has(name.toLowerCase())) return undefined;
    parameters.set(name.toLowerCase(), quoted === undefined ? (bare ?? "") : unescape(quoted));
    at += whole.length;
  }
  const name = parameters.get("name");
  const extended = parameters.get("filename*");
  const filename = (extended === undefined ? undefined : decodeExtended(extended)) ?? parameters.get("filename");
  return name === undefined ? undefined : { name, ...(filename === undefined ? {} : { filename }) };
}

/** `fetch` writes a quote and line breaks in percent-encoding, others put a backslash before them. */
const unescape = (text: string): string =>
  text.replaceAll(
    /\\(["\\])|%(22|0D|0A)/gi,
    (_, escaped: string | undefined, code: string | undefined) =>
      escaped ?? String.fromCharCode(Number.parseInt(code ?? "0", 16)),
  );

/** A value as RFC 8187 writes it: `UTF-8''na%C3%AFve.txt`. */
function decodeExtended(text: string): string | undefined {
  const [charset = "", , value] = text.split("'", 3);
  if (charset.toLowerCase() !== "utf-8" || value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
