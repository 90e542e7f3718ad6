import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { fault } from "../terms/faults.ts";
import type { Operation } from "../exchange/operation.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";

/**
 * Finds the largest body that an operation takes; none is larger than what the fake holds.
 *
 * @returns Bytes.
 */
export function maxBodyBytes(
  operation: Operation | undefined,
  { facts, maxResourceBytes }: Pick<FakeSettings, "facts" | "maxResourceBytes">,
): number {
  const limitOf = operation?.built?.maxBodyBytes;
  return limitOf === undefined ? facts.maxMessagesBodyBytes : Math.min(limitOf(facts), maxResourceBytes);
}

/**
 * Checks whether the body is within the operation's limit.
 *
 * @returns `body-too-large` where it is not.
 */
export function checkBodySize({ request, route }: Exchange, settings: FakeSettings): Verdict {
  const limit = maxBodyBytes(route.operation, settings);
  if (request.bodyTooLarge === undefined && request.body.length <= limit) return undefined;
  const status = route.provider === "bedrock" ? { status: settings.facts.tooLargeStatusOnBedrock } : {};
  return fault("body-too-large", `Request exceeds the maximum size of ${limit} bytes`, status);
}
