import { isObject } from "@claude-on-aws/endpoints";
import { findCapabilities, findModel } from "@claude-on-aws/models";
import { readBeginning } from "../../answer/read-beginning.ts";
import { answerError } from "./answer-invocation.ts";

const MAX_ANSWER_BYTES = 65_536;

/**
 * Finds the ID under which CountTokens of Amazon Bedrock counts for a model: that of the foundation model, never a profile.
 *
 * @param id The model as it would be invoked.
 * @returns The ID; `undefined` where Amazon Bedrock counts for no ID of that model, or nobody knows of one.
 */
export function findCountingId(id: string): string | undefined {
  return findCapabilities(id)?.countTokensOnRuntime === "bare id" ? findModel(id)?.bedrockId : undefined;
}

/**
 * Writes the body of CountTokens.
 *
 * @param invocation A body of InvokeModel.
 * @returns It, in base64, in what CountTokens takes.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html | CountTokens}
 */
export function writeCount(invocation: Uint8Array): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ input: { invokeModel: { body: encodeBase64(invocation) } } }));
}

/** As many arguments as each engine takes at once. */
const CHUNK = 8192;

function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/**
 * Turns the answer of CountTokens into that of the Messages API.
 *
 * @param response What Amazon Bedrock answered.
 * @returns The count, or the error.
 */
export async function answerCount(response: Response): Promise<Response> {
  if (response.status >= 400) return answerError(response);
  const counted: unknown = JSON.parse(await readBeginning(response.body, MAX_ANSWER_BYTES));
  const inputTokens = isObject(counted) ? counted["inputTokens"] : undefined;
  return Response.json({ input_tokens: inputTokens }, { status: response.status, headers: headersOf(response) });
}

/**
 * Takes over the headers by which an answer can be traced.
 *
 * @param response What was answered.
 * @returns The request ID, under both of its names.
 */
export function headersOf(response: Response): Record<string, string> {
  const id = response.headers.get("x-amzn-requestid");
  return id === null ? {} : { "x-amzn-requestid": id, "request-id": id };
}
