import { isObject } from "@claude-on-aws/endpoints";

/** Members of an object that somebody else wrote. */
export type Fields = Readonly<Record<string, unknown>>;

const text = /* @__PURE__ */ new TextDecoder();

/**
 * Reads an event of an answer.
 *
 * @param bytes Its data, JSON in UTF-8.
 * @returns Its members; none where it is no object.
 */
export function parseFields(bytes: Uint8Array): Fields {
  try {
    const value: unknown = JSON.parse(text.decode(bytes));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
