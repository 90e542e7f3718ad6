import { isObject } from "@claude-on-aws/endpoints";
import { parseJson } from "../../text/parse-object.ts";

/**
 * Reads the body that CountTokens of Amazon Bedrock is about; one of InvokeModel comes in base64.
 *
 * @returns Empty where there is none that can be read.
 */
export function countedBody({ input }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { invokeModel, converse } = isObject(input) ? input : {};
  if (isObject(converse)) return converse;
  const body = isObject(invokeModel) ? invokeModel["body"] : undefined;
  const parsed: unknown =
    typeof body === "string" ? parseJson(Buffer.from(body, "base64").toString("utf8")) : undefined;
  return isObject(parsed) ? parsed : {};
}
