import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import type { Facts } from "../facts.ts";
import { fault } from "../faults.ts";
import type { BuiltOperation } from "../operations.ts";
import type { FakeSettings } from "../options.ts";

/** Which limit holds for which operation. */
const LIMIT_OF: Partial<Record<BuiltOperation, "maxMessagesBodyBytes" | "maxInvokeModelBodyBytes">> = {
  InvokeModel: "maxInvokeModelBodyBytes",
  InvokeModelWithResponseStream: "maxInvokeModelBodyBytes",
};

/** The largest body that an operation takes, in bytes. */
export function maxBodyBytes(built: BuiltOperation | undefined, facts: Facts): number {
  return facts[(built && LIMIT_OF[built]) ?? "maxMessagesBodyBytes"];
}

/** Whether the body is within the operation's limit. */
export function checkBodySize({ request, route }: Exchange, { facts }: FakeSettings): Verdict {
  const limit = maxBodyBytes(route.operation?.built, facts);
  if (request.bodyTooLarge === undefined && request.body.length <= limit) return undefined;
  const status = route.provider === "bedrock" ? { status: facts.tooLargeStatusOnBedrock } : {};
  return fault("body-too-large", `Request exceeds the maximum size of ${limit} bytes`, status);
}
