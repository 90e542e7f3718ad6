/** Limits of {@link parseForm}. */
export interface ParseFormOptions {
  /**
   * Longest form, in bytes.
   *
   * @default {131_072}
   */
  readonly maxBytes?: number | undefined;
  /**
   * Most parameters.
   *
   * @default {256}
   */
  readonly maxParameters?: number | undefined;
}

/** Why a form cannot be read. */
export type FormProblem = "too-large" | "too-many-parameters" | "parameter-twice" | "not-utf-8";

/**
 * Reads `application/x-www-form-urlencoded`, as a request of the Query protocol
 * holds its parameters. A name may occur once: two readers must not take
 * different values for it.
 *
 * @returns The parameters, or why they cannot be read.
 * @see {@link https://url.spec.whatwg.org/#urlencoded-parsing | URL Standard, parsing of application/x-www-form-urlencoded}
 */
export function parseForm(
  form: Uint8Array | string,
  { maxBytes = 131_072, maxParameters = 256 }: ParseFormOptions = {},
): ReadonlyMap<string, string> | FormProblem {
  if (form.length > maxBytes) return "too-large";
  const text = typeof form === "string" ? form : decode(form);
  if (text === undefined) return "not-utf-8";
  let count = text === "" ? 0 : 1;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
    if (++count > maxParameters) return "too-many-parameters";
  }
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (parameters.has(name)) return "parameter-twice";
    parameters.set(name, value);
  }
  return parameters;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
