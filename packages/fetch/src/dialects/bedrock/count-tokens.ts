import { isObject } from "@claude-on-aws/endpoints";
import { findCapabilities, findModel } from "@claude-on-aws/models";
import type { Answer } from "../../answer/answer.ts";
import { readBeginning } from "../../answer/read-beginning.ts";
import { answerError } from "./answer-invocation.ts";
import { answerJson } from "./answer-json.ts";

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
 * @param answer What Amazon Bedrock answered.
 * @returns The count, or the error.
 */
export async function answerCount(answer: Answer): Promise<Answer> {
  if (answer.status >= 400) return answerError(answer);
  const counted: unknown = JSON.parse(await readBeginning(answer.body, MAX_ANSWER_BYTES));
  const inputTokens = isObject(counted) ? counted["inputTokens"] : undefined;
  return answerJson({ input_tokens: inputTokens }, answer);
}
