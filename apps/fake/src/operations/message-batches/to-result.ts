import type { Reply } from "../../exchange/reply.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { BatchResult } from "../../stores/batches/batch-result.ts";
import { type Fault, FAULTS, isFault } from "../../terms/faults.ts";
import { randomId } from "../../terms/random-id.ts";

/**
 * Makes the result of a batch out of an answer of CreateMessage.
 *
 * @returns `succeeded` with a message, `errored` with everything else.
 */
export function toResult(answer: Reply | Fault, settings: Pick<FakeSettings, "randomUuid">): BatchResult {
  if (isFault(answer)) return errored(answer.errorType ?? FAULTS[answer.name].anthropic[1], answer.message, settings);
  if ("message" in answer) return { type: "succeeded", message: answer.message };
  return errored("api_error", "The request was not answered with a message", settings);
}

const errored = (type: string, message: string, settings: Pick<FakeSettings, "randomUuid">): BatchResult => ({
  type: "errored",
  error: { type: "error", error: { type, message }, request_id: `req_01${randomId(settings)}` },
});
