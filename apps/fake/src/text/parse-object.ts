import { isObject } from "@claude-on-aws/endpoints";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The JSON object in some bytes; `undefined` where they hold none. */
export function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseObjectText(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** The JSON object in a text; `undefined` where it holds none. */
export function parseObjectText(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
