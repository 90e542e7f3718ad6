import type { Exchange } from "../../exchange/exchange.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { AnswerRequest } from "../../stores/batches/batch-runner.ts";
import { fault } from "../../terms/faults.ts";
import { originOf, toMessageExchange } from "./message-exchange.ts";
import { toResult } from "./to-result.ts";

/**
 * Makes what answers the requests of a batch, each as if it had come alone with the headers of the request that created
 * the batch.
 *
 * @returns A function that answers one of them.
 */
export function batchAnswerer(exchange: Exchange, settings: FakeSettings, { answerMessage }: FakeState): AnswerRequest {
  const origin = originOf(exchange);
  return async ({ params }) =>
    toResult(
      params["stream"] === true
        ? fault("body-invalid", "stream: Streaming is not supported in a batch")
        : await answerMessage(toMessageExchange(params, origin, settings)),
      settings,
    );
}
