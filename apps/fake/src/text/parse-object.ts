import { isObject } from "@claude-on-aws/endpoints";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the JSON object in some bytes.
 *
 * @returns `undefined` where they hold none, or are not UTF-8.
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
 * @returns `undefined` where it holds none.
 */
export function parseObjectText(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
