import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { fault } from "../terms/faults.ts";
import { MAX_JSON_DEPTH, nestsDeeper } from "../text/nests-deeper.ts";
import { parseObject } from "../text/parse-object.ts";

/**
 * Checks whether the body of a POST is a JSON object, and keeps it.
 *
 * @returns `body-invalid` where it is not.
 */
export function checkJson(exchange: Exchange): Verdict {
  const { request, route } = exchange;
  if (request.method !== "POST" || route.operation?.built?.takes !== undefined) return "not-applicable";
  const input = parseObject(request.body);
  if (input === undefined) {
    const found = nestsDeeper(new TextDecoder().decode(request.body))
      ? `objects and arrays nest deeper than ${MAX_JSON_DEPTH} levels`
      : undefined;
    return fault(
      "body-invalid",
      route.provider === "bedrock"
        ? `Malformed input request: ${found ?? "the body is not a JSON object"}, please reformat your input and try again.`
        : `The request body is not valid JSON: ${found ?? "expected an object"}.`,
    );
  }
  exchange.input = input;
  return undefined;
}
