import type { Answer } from "../../answer/answer.ts";
import { sourceOfBytes } from "../../answer/body-source.ts";
import { HeaderList } from "../../answer/header-list.ts";
import type { Header } from "../../header.ts";

/**
 * Answers with JSON in place of what was answered.
 *
 * @param value What is answered.
 * @param answer What was answered: its status and its request ID, under both of its names, are taken over.
 * @returns The answer.
 */
export function answerJson(value: unknown, { status, headers }: Omit<Answer, "body">): Answer {
  const id = headers.get("x-amzn-requestid");
  const ids: readonly Header[] =
    id === null
      ? []
      : [
          ["x-amzn-requestid", id],
          ["request-id", id],
        ];
  return {
    status,
    headers: new HeaderList([["content-type", "application/json"], ...ids]),
    body: sourceOfBytes(new TextEncoder().encode(JSON.stringify(value))),
  };
}
