import type { ReceivedRequest } from "../terms/wire.ts";
import { parseForm } from "./parse-form.ts";
import { queryParameters } from "./query-parameters.ts";

/**
 * Reads what a browser sent: the parameters of the query, and over them those of a form.
 *
 * @returns By name.
 */
export function pageParameters({
  target,
  body,
}: Pick<ReceivedRequest, "target" | "body">): ReadonlyMap<string, string> {
  const form = parseForm(body);
  return new Map([...queryParameters(target), ...(typeof form === "string" ? [] : form)]);
}
