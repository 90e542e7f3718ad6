import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";

/** Why a reply cannot be timed, and what to do about it. */
export interface TimingProblem {
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
}

/**
 * Finds out why a reply cannot come in the pieces that are asked for.
 *
 * @returns `undefined` where it can.
 */
export function findChunkProblem(reply: ScenarioMessage, { chunks }: ScenarioTiming): TimingProblem | undefined {
  if (reply.eventDelayMs !== undefined) {
    return { found: "eventDelayMs beside timing", expected: "one of them", fix: "keep timing" };
  }
  if (chunks === undefined) return undefined;
  const texts = reply.content?.flatMap((block) => (block.type === "text" ? [block.text] : []));
  if ((texts ?? []).length > 1) {
    return {
      found: `${texts?.length} blocks of text`,
      expected: "one, which comes in chunks",
      fix: "leave chunks out",
    };
  }
  const given = reply.text ?? texts?.[0] ?? (reply.json === undefined ? undefined : JSON.stringify(reply.json));
  const joined = chunks.join("");
  if (given === joined) return undefined;
  const saysNothing = [reply.content, reply.toolCall, reply.toolCalls].every((value) => value === undefined);
  if (given === undefined && saysNothing) return undefined;
  return {
    found: `chunks that add up to ${JSON.stringify(joined)}`,
    expected: given === undefined ? "a reply with a text" : `the text of the reply, ${JSON.stringify(given)}`,
    fix: "cut the text without changing it, or leave it out of the reply",
  };
}
