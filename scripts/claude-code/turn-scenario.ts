import type { Scenario } from "../../apps/fake/src/settings/scenario/scenario.ts";
import { TURN_CLOSING_TEXT, TURN_PROMPT, TURN_TOOL } from "./turn-arguments.ts";

/** What the model says in a turn: the tool is called, and when its result is there, the turn is closed. */
export const TURN_SCENARIO: Scenario = {
  replies: [
    { when: { text: TURN_PROMPT }, times: 1, reply: { toolCall: TURN_TOOL } },
    { reply: { text: TURN_CLOSING_TEXT } },
  ],
};

/** The same, so slowly that credentials of a few seconds end before the tool's result is sent. */
export const SLOW_SCENARIO: Scenario = {
  replies: TURN_SCENARIO.replies.map((row, index) =>
    index === 0 ? { ...row, reply: { delayMs: 5_000, toolCall: TURN_TOOL } } : row,
  ),
};
