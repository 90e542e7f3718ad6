const UTF8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** Longer texts are decoded by the runtime, which takes as long for any of these. */
const SHORT = 16;

/** A string in plain letters, which names are. */
const PLAIN = /^"[ !#-[\]-~]*"$/;

const ASCII = /^[ -~]*$/;

/**
 * Parses a part of a body as JSON.
 *
 * @param body The body.
 * @param start Where the part begins.
 * @param end Where it ends.
 * @returns What it holds.
 * @throws {TypeError} It is not UTF-8.
 * @throws {SyntaxError} It is not JSON.
 */
export function parsePart(body: Uint8Array, start: number, end: number): unknown {
  const text = readAscii(body, start, end) ?? UTF8.decode(body.subarray(start, end));
  // No parser is as fast.
  return PLAIN.test(text) ? text.slice(1, -1) : JSON.parse(text);
}

/**
 * Reads a short part of a body as text, such as a number or a word, which no decoder does as fast.
 *
 * @param body The body.
 * @param start Where the part begins.
 * @param end Where it ends.
 * @returns The text; `undefined` for what is long, or is not all visible ASCII.
 */
export function readAscii(body: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > SHORT) return undefined;
  let text = "";
  for (let at = start; at < end; at += 1) text += String.fromCharCode(body[at] as number);
  return ASCII.test(text) ? text : undefined;
}
