import { isFault, type Reply } from "../../behave/behaviours.ts";
import { FAULTS, type Fault } from "../../terms/faults.ts";
import type { FakeSettings } from "../../settings/options.ts";
import { randomId } from "../../terms/random-id.ts";

/** What became of one request of a batch. */
export type BatchResult =
  | { readonly type: "succeeded"; readonly message: object }
  | { readonly type: "errored"; readonly error: object }
  | { readonly type: "canceled" | "expired" };

/** The result that an answer of CreateMessage stands for. */
export function toResult(answer: Reply | Fault, settings: Pick<FakeSettings, "randomUuid">): BatchResult {
  if (isFault(answer)) return errored(answer.errorType ?? FAULTS[answer.name].anthropic[1], answer.message, settings);
  if ("message" in answer) return { type: "succeeded", message: answer.message };
  return errored("api_error", "The request was not answered with a message", settings);
}

const errored = (type: string, message: string, settings: Pick<FakeSettings, "randomUuid">): BatchResult => ({
  type: "errored",
  error: { type: "error", error: { type, message }, request_id: `req_01${randomId(settings)}` },
});

/** A result as a line of the results' file, without its end. */
export const formatResult = (customId: string, result: BatchResult): string =>
  JSON.stringify({ custom_id: customId, result });
