import { refusalOf } from "../answer/refusal-answer.ts";
import type { ExchangeAnswer } from "../exchange.ts";
import type { ClientRequest } from "../request/client-request.ts";
import type { PreparedRequest, Refusal } from "../translate/translation.ts";
import { createRuntimeTransport } from "../transport/runtime-transport.ts";
import { addressRequest } from "./api-request.ts";
import { createBodyBudget } from "./body-budget.ts";
import { Call, refused } from "./call.ts";
import type { SenderSettings } from "./settings.ts";
import { resolveTimeLimits } from "./time-limits.ts";

/** Sends what a client of the Messages API asks for to whichever service takes it. */
export interface Sender {
  /** Sends a request. */
  readonly send: (client: ClientRequest) => Promise<ExchangeAnswer>;
  /** Says what would be sent, and sends nothing. A body that is a stream is read as far as it would have been. */
  readonly prepare: (client: ClientRequest) => Promise<PreparedRequest | Refusal>;
}

/**
 * Makes a sender.
 *
 * @param settings Where requests go, and how they are sent.
 * @returns The sender.
 */
export function createSender(settings: SenderSettings): Sender {
  const limits = resolveTimeLimits(settings);
  const newShare = createBodyBudget(settings);
  // Made at the first request: whoever only plans needs none.
  let transport = settings.transport;
  let calls = 0;

  const send: Sender["send"] = async (client) => {
    const share = newShare();
    const call = new Call(settings, limits, (transport ??= createRuntimeTransport()), client, (calls += 1));
    try {
      return await call.run(client, share);
    } catch (error) {
      call.end(error);
      if (client.signal?.aborted === true) throw client.signal.reason;
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refused(refusal, null);
    } finally {
      share.release();
    }
  };

  const prepare: Sender["prepare"] = async (client) => {
    const share = newShare();
    try {
      const { request, destination } = await addressRequest(client, settings.choose, share);
      return await destination.dialect.prepare(request);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusal;
    } finally {
      share.release();
    }
  };
  return { send, prepare };
}
