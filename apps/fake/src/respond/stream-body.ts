import type { StreamPlan } from "../exchange/reply.ts";
import type { WireReply } from "../terms/wire.ts";
import { changeFrames } from "./change-frames.ts";
import { pacedBody } from "./paced-body.ts";
import type { Frame, Framing } from "./stream-frames.ts";

const ENCODER = new TextEncoder();

/**
 * Puts frames into a body: into one buffer, or, where they are sent one by one, into pieces that come with time between them.
 *
 * @param frames All frames of the stream.
 * @param framing How they are written.
 * @param plan How fast they are sent, and what is wrong with them.
 * @param dueMs When each frame is due, in milliseconds since the stream began, where the plan tells a timing.
 * @returns The body.
 */
export function streamBody(
  frames: readonly Frame[],
  framing: Framing,
  plan: StreamPlan,
  dueMs: readonly number[] = [],
): WireReply["body"] {
  const { change, eventDelayMs = 0 } = plan;
  const sent = change === undefined ? frames : changeFrames(frames, change, framing);
  const last = dueMs.at(-1) ?? 0;
  if (last > 0) return pacedBody(sent.map(bytesOf), (index) => dueMs[index] ?? last, plan.timers);
  if (eventDelayMs > 0) return pacedBody(sent.map(bytesOf), (index) => index * eventDelayMs, plan.timers);
  return joinFrames(sent);
}

const bytesOf = (frame: Frame): Uint8Array => (typeof frame === "string" ? ENCODER.encode(frame) : frame);

/** The frames of a stream are either all texts or all bytes. */
function joinFrames(frames: readonly Frame[]): Uint8Array {
  if (frames.length === 0) return new Uint8Array();
  return typeof frames[0] === "string"
    ? ENCODER.encode(frames.join(""))
    : Buffer.concat(frames as readonly Uint8Array[]);
}
