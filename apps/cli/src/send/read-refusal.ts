import { isObject, redactText } from "@claude-on-aws/endpoints";
import type { ReceivedRefusal } from "../refusals/received-refusal.ts";
import { readBeginning } from "./read-beginning.ts";

/** An error is not longer. */
const MAX_ERROR_BYTES = 65_536;

/**
 * Reads an answer that is a refusal, in the form of the Messages API. AWS's own name of an error stands in a header.
 *
 * @param response The answer.
 * @returns What it says; what may be a secret is hidden.
 */
export async function readRefusal({ status, headers, body }: Response): Promise<ReceivedRefusal> {
  const text = await readBeginning(body, MAX_ERROR_BYTES);
  const error = parseError(text);
  const exception = headers.get("x-amzn-errortype")?.split(":", 1)[0];
  const message = error["message"] ?? error["Message"];
  return {
    status,
    type: exception ?? (typeof error["type"] === "string" ? error["type"] : ""),
    message: redactText(typeof message === "string" ? message : text.slice(0, MAX_SHOWN)),
  };
}

/** What is shown of an answer that is no error of the Messages API, such as the page of a proxy, in UTF-16 code units. */
const MAX_SHOWN = 500;

function parseError(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    if (!isObject(body)) return {};
    return isObject(body["error"]) ? body["error"] : body;
  } catch {
    return {};
  }
}
