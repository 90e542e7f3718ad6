const UTF8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** Longer texts are decoded by the runtime. */
const SHORT = 32;

/** A string in plain letters, which names are. */
const PLAIN = /^"[ !#-[\]-~]*"$/;

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
  const part = body.subarray(start, end);
  const text = end - start > SHORT ? "" : String.fromCharCode(...part);
  // Neither a decoder nor a parser is as fast.
  return PLAIN.test(text) ? text.slice(1, -1) : JSON.parse(UTF8.decode(part));
}
