import type { AnswerEvidence } from "../evidence/answer-evidence.ts";
import type { ConversationEvidence } from "../evidence/conversation-evidence.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { rowsOf } from "./rows-of.ts";
import { isOfSameClient } from "./conversation-index.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleVerdict } from "./rule.ts";
import { SOURCES } from "./sources.ts";

const row = rowsOf("conversations");

type Said = NonNullable<ConversationEvidence["said"]>;

/** Judges a request by the message of Claude in it to which the user has said something since. */
const ofSaid =
  (judge: (said: Said, exchange: JudgedExchange) => RuleVerdict) =>
  (exchange: JudgedExchange): RuleVerdict => {
    const said = exchange.evidence.conversation?.said;
    return said === undefined ? "not-applicable" : judge(said, exchange);
  };

/** Whether a text is the beginning of another one, as far as their fingerprints tell; no text is none. */
function isBeginning(text: Said["text"], whole: NonNullable<AnswerEvidence["text"]>): boolean {
  const last = text.beginnings.length - 1;
  return last >= 0 && text.length <= whole.length && text.beginnings[last] === whole.beginnings[last];
}

const isCut = ({ answer }: Evidence): boolean => answer?.brokenOffBy === "server";

/**
 * Finds the cut answer of which a message is made, where it can be of no other: programs ask the same at the same time, and a
 * scenario may give the same calls again.
 */
function findCut(
  said: Said,
  { evidence, course: { answered = [], called = [] } }: JudgedExchange,
): Evidence | undefined {
  const isCutOff = (before: Evidence): boolean => isCut(before) && isOfSameClient(before, evidence);
  if (said.calls.length > 0) return called.every(isCut) ? called.findLast(isCutOff) : undefined;
  const isOpen = !answered.every(isCut);
  return answered.findLast((before) => {
    const { text, lacksText } = before.answer ?? {};
    if (text === undefined || !isCutOff(before) || !isBeginning(said.text, text)) return false;
    // Nobody else has just so much of it.
    return !isOpen || (lacksText === true && said.text.length === text.length);
  });
}

/** Judges what a message holds of the thinking of the answer whose tool calls it holds: of all that it may be, the best. */
const ofThinking = (
  judge: (sent: readonly string[], said: Said, before: Evidence, course: JudgedExchange["course"]) => RuleVerdict,
) =>
  ofSaid((said, { evidence, course }) => {
    // Where nobody asks for thinking, what came before is dropped; another model may not be able to read it.
    if (evidence.conversation?.isThinking !== true) return "not-applicable";
    let found: RuleVerdict = "not-applicable";
    for (const before of course.called ?? []) {
      const { thinking = [], brokenOffBy } = before.answer ?? {};
      const isToCompare = thinking.length > 0 && brokenOffBy === undefined && isOfSameClient(before, evidence);
      const verdict =
        isToCompare && before.model?.model === evidence.model?.model
          ? judge(thinking, said, before, course)
          : "not-applicable";
      if (typeof verdict === "string") return verdict;
      found = verdict;
    }
    return found;
  });

/** What a client makes of an answer in its next request. */
export const CONVERSATION_RULES: readonly Rule[] = [
  {
    ...row(
      "cut-answer-not-used",
      "warn",
      "What came of a stream before the service cut it is not taken for the whole answer.",
      "Wait for message_stop (messageStop on Converse): without it, send the request again, or quote the end of what came and ask to go on.",
      SOURCES.streaming,
    ),
    judge: (exchange) => {
      const said = exchange.evidence.conversation?.said;
      const cut = said && findCut(said, exchange);
      if (said === undefined || cut === undefined) {
        const { sameAsked } = exchange.course;
        return sameAsked !== undefined && isCut(sameAsked) ? "pass" : "not-applicable";
      }
      if (said.isQuoted) return "pass";
      return {
        message: `The stream of exchange ${cut.id} was cut, and message ${said.at} is what came of it, as if it were whole.`,
      };
    },
  },
  {
    ...row(
      "thinking-kept",
      "warn",
      "Thinking that led to a tool call comes back with the call, as long as thinking is asked for.",
      "Append the content of the answer as it came, thinking and redacted_thinking among it, before the result of the tool.",
      SOURCES.thinkingKept,
    ),
    judge: ofThinking((sent, said, { id }, { answered = [] }) => {
      if (said.thinking.length >= sent.length) return "pass";
      // Where what stood before it is another text, or stands elsewhere, the model may not be able to read it.
      if (!answered.some((before) => before.id === id)) return "not-applicable";
      return {
        message: `Expected ${sent.length} blocks of thinking of exchange ${id} in message ${said.at}, found ${said.thinking.length}.`,
      };
    }),
  },
  {
    ...row(
      "thinking-unaltered",
      "fail",
      "Thinking that comes back is the same as it was sent, to the letter, with its signature.",
      "Keep blocks of thinking as they came: join the deltas, trim nothing, and write nothing anew.",
      SOURCES.thinkingKept,
    ),
    judge: ofThinking((sent, said, { id }) => {
      if (said.thinking.length < sent.length) return "not-applicable";
      const altered = sent.findIndex((block) => !said.thinking.includes(block));
      return altered < 0
        ? "pass"
        : { message: `Block ${altered} of the thinking of exchange ${id} is another one in message ${said.at}.` };
    }),
  },
  {
    ...row(
      "left-call-not-run",
      "warn",
      "A tool call whose answer the client left before the call was whole is not run.",
      "Where a turn is aborted, drop the calls that had not ended, or give an error as their result.",
      SOURCES.streaming,
    ),
    judge: ofSaid((said, { evidence, course: { called = [] } }) => {
      const isLeft = (before: Evidence): boolean =>
        before.answer?.brokenOffBy === "client" && isOfSameClient(before, evidence);
      if (called.length === 0 || !called.every(isLeft)) return "not-applicable";
      const wholeCalls = new Set(called.flatMap(({ answer }) => answer?.calls.flatMap(wholeId) ?? []));
      for (const { id, answer } of called) {
        const isRun = answer?.calls.some((call) => !wholeCalls.has(call.id) && said.results.includes(call.id));
        if (isRun === true) {
          return { message: `The client left exchange ${id} in the middle of a tool call, and sends its result.` };
        }
      }
      return "pass";
    }),
  },
];

const wholeId = ({ id, isWhole }: AnswerEvidence["calls"][number]): readonly string[] => (isWhole ? [id] : []);
