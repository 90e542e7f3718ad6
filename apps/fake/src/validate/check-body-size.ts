import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Fault, fault } from "../terms/faults.ts";
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
 * Makes the refusal of a body for which a server has no room.
 *
 * @param more What of the refusal is other than in the table.
 * @returns `unavailable`; the client did nothing wrong.
 */
export const noRoom = ({ maxBufferedBytes }: FakeSettings, more: Partial<Fault> = {}): Fault =>
  fault(
    "unavailable",
    `The fake holds as many bytes of bodies as it may, ${maxBufferedBytes} (maxBufferedBytes). Please try again.`,
    more,
  );

/**
 * Checks whether the body is within the operation's limit.
 *
 * @returns `body-too-large` where it is not, `unavailable` where a server has no room for it.
 */
export function checkBodySize({ request, route }: Exchange, settings: FakeSettings): Verdict {
  if (request.bodyHasNoRoom === true) return noRoom(settings);
  const limit = maxBodyBytes(route.operation, settings);
  if (request.bodyTooLarge === undefined && (request.bodyBytes ?? request.body.length) <= limit) return undefined;
  const status = route.provider === "bedrock" ? { status: settings.facts.tooLargeStatusOnBedrock } : {};
  return fault("body-too-large", `Request exceeds the maximum size of ${limit} bytes`, status);
}
