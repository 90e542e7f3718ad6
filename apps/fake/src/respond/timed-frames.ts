import type { ClaudeEvent, ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";
import { cutAt, cutIntoTokens, type CutText } from "./cut-text.ts";
import { messageEvents } from "./message-events.ts";
import { pieces } from "./pieces.ts";
import { scheduleEvents } from "./schedule-events.ts";
import { type Frame, type Framing, framesOf, streamEvents } from "./stream-frames.ts";

/** Frames of a stream, and when each is due. */
export interface TimedFrames {
  readonly frames: readonly Frame[];
  /** Milliseconds since the stream began, one number for each frame. */
  readonly dueMs: readonly number[];
}

/** How texts are cut: those that Claude says, and all others. */
function cuttersOf({ chunks, tokensPerSecond }: ScenarioTiming): readonly [said: CutText, other: CutText] {
  const other = tokensPerSecond === undefined ? pieces : cutIntoTokens;
  return [chunks === undefined ? other : cutAt(chunks), other];
}

/**
 * Makes the events in which a message is streamed, cut as its timing says.
 *
 * @param latencyMs How long the answer took, in milliseconds.
 * @returns Its events, in order.
 */
export const timedEvents = (
  message: ClaudeMessage,
  framing: Framing,
  latencyMs: number,
  timing: ScenarioTiming = {},
): ClaudeEvent[] => streamEvents(message, framing, latencyMs, ...cuttersOf(timing));

/**
 * Writes a message as the frames of its stream, and says when each is due.
 *
 * @param latencyMs How long the answer took, in milliseconds.
 * @returns The frames, in order.
 */
export function timedFrames(
  message: ClaudeMessage,
  framing: Framing,
  latencyMs: number,
  timing: ScenarioTiming,
): TimedFrames {
  const events = timedEvents(message, framing, latencyMs, timing);
  const due = scheduleEvents(events, timing);
  const frames = framesOf(events, framing);
  return { frames: frames.flat(), dueMs: frames.flatMap((some, index) => some.map(() => due[index] ?? 0)) };
}

/**
 * Says how long a stream would take.
 *
 * @returns Milliseconds until its last piece.
 */
export const streamDurationMs = (message: ClaudeMessage, timing: ScenarioTiming): number =>
  scheduleEvents(messageEvents(message, ...cuttersOf(timing)), timing).at(-1) ?? 0;
