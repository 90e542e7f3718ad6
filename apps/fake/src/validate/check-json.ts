import { isObject } from "@claude-on-aws/endpoints";
import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";

/** Whether the body of a POST is a JSON object. */
export function checkJson(exchange: Exchange): Verdict {
  const { request, route } = exchange;
  if (request.method !== "POST" || route.operation?.takes !== undefined) return "not-applicable";
  const input = parseObject(request.body);
  if (input === undefined) {
    const bedrock = route.provider === "bedrock";
    return fault(
      "body-invalid",
      bedrock
        ? "Malformed input request: the body is not a JSON object, please reformat your input and try again."
        : "The request body is not valid JSON: expected an object.",
    );
  }
  exchange.input = input;
  return undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The JSON object in some bytes; `undefined` where they hold none. */
export function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseObjectText(utf8.decode(bytes));
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
