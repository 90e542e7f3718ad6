import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import { fault } from "../terms/faults.ts";
import type { BuiltOperation } from "../operations/operations.ts";
import type { FakeSettings } from "../settings/options.ts";

/** Which limit holds for which operation. */
const LIMIT_OF: Partial<Record<BuiltOperation, (facts: Facts) => number>> = {
  CreateMessageBatch: ({ maxBatchBodyBytes }) => maxBatchBodyBytes,
  CreateFile: ({ maxFileBytes }) => maxFileBytes + FORM_BYTES,
  InvokeModel: ({ maxInvokeModelBodyBytes }) => maxInvokeModelBodyBytes,
  InvokeModelWithResponseStream: ({ maxInvokeModelBodyBytes }) => maxInvokeModelBodyBytes,
};

/** What a form takes beside the file in it, in bytes. */
const FORM_BYTES = 65_536;

/** The largest body that an operation takes, in bytes; none is larger than what the fake holds. */
export function maxBodyBytes(
  built: BuiltOperation | undefined,
  { facts, maxResourceBytes }: Pick<FakeSettings, "facts" | "maxResourceBytes">,
): number {
  const limitOf = built && LIMIT_OF[built];
  return limitOf === undefined ? facts.maxMessagesBodyBytes : Math.min(limitOf(facts), maxResourceBytes);
}

/** Whether the body is within the operation's limit. */
export function checkBodySize({ request, route }: Exchange, settings: FakeSettings): Verdict {
  const limit = maxBodyBytes(route.operation?.built, settings);
  if (request.bodyTooLarge === undefined && request.body.length <= limit) return undefined;
  const status = route.provider === "bedrock" ? { status: settings.facts.tooLargeStatusOnBedrock } : {};
  return fault("body-too-large", `Request exceeds the maximum size of ${limit} bytes`, status);
}
