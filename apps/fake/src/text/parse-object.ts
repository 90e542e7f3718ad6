import { isObject } from "@claude-on-aws/endpoints";
import { nestsDeeper } from "./nests-deeper.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the JSON object in some bytes.
 *
 * @returns `undefined` where they hold none, are not UTF-8, or nest deeper than JSON may.
 */
export function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseObjectText(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * Reads the JSON object in a text.
 *
 * @returns `undefined` where it holds none, or nests deeper than JSON may.
 */
export function parseObjectText(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

/**
 * Reads JSON that a stranger sent.
 *
 * @returns `undefined` where the text is none, or nests deeper than JSON may.
 */
export function parseJson(text: string): unknown {
  if (nestsDeeper(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
