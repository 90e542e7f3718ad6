import { isStreamed } from "../../src/respond/is-streamed.ts";
import { createFakeCore } from "../../src/server.ts";
import { SCENARIOS, signedRequest } from "../requests.ts";

/** An answer that is known beforehand. */
export interface Canned {
  readonly type: string;
  readonly streamed: boolean;
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly whole: Uint8Array<ArrayBuffer>;
}

/** What the fake itself answers to each scenario, by its target and whether it is streamed: the same bytes for everybody. */
export const CANNED: Record<string, Record<"whole" | "streamed", Canned | undefined>> = {};

for (const scenario of SCENARIOS) {
  const reply = await createFakeCore().handle({ ...(await signedRequest(scenario, 1)), wire: "received" });
  const streamed = isStreamed(reply);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  if (reply.body instanceof Uint8Array) pieces.push(Uint8Array.from(reply.body));
  else for await (const piece of reply.body) pieces.push(Uint8Array.from(piece));
  const whole = Uint8Array.from(Buffer.concat(pieces));
  const type = reply.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  const canned = { type, streamed, pieces: streamed ? cut(whole, scenario.events) : pieces, whole };
  const found = (CANNED[scenario.target] ??= { whole: undefined, streamed: undefined });
  found[scenario.body.stream === true ? "streamed" : "whole"] = canned;
}

/** One piece an event, as far as their number goes. */
function cut(bytes: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer>[] {
  const length = Math.ceil(bytes.length / count);
  return Array.from({ length: count }, (_, index) => bytes.slice(index * length, (index + 1) * length)).filter(
    (piece) => piece.length > 0,
  );
}

const STREAM = Buffer.from('"stream":true}');

/** Whether a body asks for a stream, which the scenarios say last: to look through a long body would cost more than to hash it. */
export const isStreamAsked = (body: Buffer): boolean => body.subarray(-STREAM.length).equals(STREAM);

/** The answer to a target. */
export function cannedFor(target: string, stream: boolean): Canned {
  const found = CANNED[target];
  const canned = found?.[stream ? "streamed" : "whole"] ?? found?.whole;
  if (canned === undefined) throw new Error(`Cannot answer "${target}": no scenario asks for it`);
  return canned;
}
