import { isObject } from "@claude-on-aws/endpoints";
import type { Answer } from "../../answer/answer.ts";
import { readBeginning } from "../../answer/read-beginning.ts";
import { answerError } from "./answer-invocation.ts";
import { answerJson } from "./answer-json.ts";

/** A page of a thousand profiles is some 2 MB. */
const MAX_ANSWER_BYTES = 16_777_216;

type Fields = Readonly<Record<string, unknown>>;

/** The largest page of either API. */
const MAX_PAGE = 1000;

/**
 * Writes the query of ListInferenceProfiles for that of the Messages API's list of models.
 *
 * @param asked The query of the client: `limit`, `after_id`.
 * @returns The query, with its question mark. What continues a list there continues it here: see {@link answerModels}.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html | ListInferenceProfiles}
 */
export function writeListQuery(asked: URLSearchParams): string {
  const limit = Number(asked.get("limit") ?? MAX_PAGE);
  const query = new URLSearchParams({ type: "SYSTEM_DEFINED" });
  query.set("maxResults", String(Number.isInteger(limit) && limit > 0 ? Math.min(limit, MAX_PAGE) : MAX_PAGE));
  const after = asked.get("after_id");
  if (after !== null) query.set("nextToken", after);
  return `?${query.toString()}`;
}

/**
 * Turns the list of inference profiles into the Messages API's list of models: those of Anthropic, under the IDs by which they are
 * invoked. `last_id` is what continues the list, which clients send as `after_id`.
 *
 * @param answer What Amazon Bedrock answered.
 * @returns The list, or the error.
 * @see {@link https://platform.claude.com/docs/en/api/models-list | List models}
 */
export async function answerModels(answer: Answer): Promise<Answer> {
  if (answer.status >= 400) return answerError(answer);
  const { inferenceProfileSummaries: listed, nextToken } = await readObject(answer);
  const data = (Array.isArray(listed) ? listed : []).filter(isOfAnthropic).map(toModel);
  const next = typeof nextToken === "string" ? nextToken : null;
  const list = {
    data,
    has_more: next !== null,
    first_id: data[0]?.id ?? null,
    last_id: next ?? data.at(-1)?.id ?? null,
  };
  return answerJson(list, answer);
}

/**
 * Turns an inference profile into the Messages API's model.
 *
 * @param answer What GetInferenceProfile answered.
 * @returns The model, or the error.
 * @see {@link https://platform.claude.com/docs/en/api/models | Get a model}
 */
export async function answerModel(answer: Answer): Promise<Answer> {
  if (answer.status >= 400) return answerError(answer);
  return answerJson(toModel(await readObject(answer)), answer);
}

async function readObject({ body }: Answer): Promise<Fields> {
  const value: unknown = JSON.parse(await readBeginning(body, MAX_ANSWER_BYTES));
  return isObject(value) ? value : {};
}

const isOfAnthropic = (profile: unknown): profile is Fields =>
  isObject(profile) && /(?:^|\.)anthropic\./.test(String(profile["inferenceProfileId"]));

/** The Messages API says so where it does not know. */
const UNKNOWN_TIME = "1970-01-01T00:00:00Z";

function toModel(profile: Fields): { type: "model"; id: string; display_name: string; created_at: string } {
  const id = String(profile["inferenceProfileId"]);
  const { inferenceProfileName: name, createdAt } = profile;
  return {
    type: "model",
    id,
    display_name: typeof name === "string" ? name : id,
    created_at: typeof createdAt === "string" ? createdAt : UNKNOWN_TIME,
  };
}
