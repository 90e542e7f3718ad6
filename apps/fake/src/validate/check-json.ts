import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";

/** Whether the body of a POST is a JSON object. */
export function checkJson(exchange: Exchange): Verdict {
  if (exchange.request.method !== "POST") return "not-applicable";
  const input = parseObject(exchange.request.body);
  if (input === undefined) {
    const bedrock = exchange.route.provider === "bedrock";
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

function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object: neither `null` nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
