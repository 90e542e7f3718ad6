import type { AnswerEvidence } from "../evidence/answer-evidence.ts";
import type { ConversationEvidence } from "../evidence/conversation-evidence.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { rowsOf } from "./rows-of.ts";
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

/** Whether a message of a request is what came of an answer that was broken off. */
function isMadeOf(said: Said, { text, calls }: AnswerEvidence): boolean {
  if (said.calls.length > 0) return calls.some(({ id }) => said.calls.includes(id));
  return text !== undefined && isBeginning(said.text, text);
}

const isCut = ({ answer }: Evidence): boolean => answer?.brokenOffBy === "server";

const answersBefore = ({ course: { answered, called = [] } }: JudgedExchange): readonly Evidence[] => [
  ...new Set(answered === undefined ? called : [answered, ...called]),
];

/** Judges what a message holds of the thinking of each answer whose tool calls it holds. */
const ofThinking = (judge: (sent: readonly string[], said: Said, before: Evidence) => RuleVerdict) =>
  ofSaid((said, exchange) => {
    const { conversation, model } = exchange.evidence;
    // Where nobody asks for thinking, what came before is dropped; another model may not be able to read it.
    if (conversation?.isThinking !== true) return "not-applicable";
    let found: RuleVerdict = "not-applicable";
    for (const before of exchange.course.called ?? []) {
      const { thinking = [], brokenOffBy } = before.answer ?? {};
      if (thinking.length === 0 || brokenOffBy !== undefined || before.model?.model !== model?.model) continue;
      const verdict = judge(thinking, said, before);
      if (typeof verdict === "object") return verdict;
      if (verdict === "pass") found = "pass";
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
      const cut =
        said &&
        answersBefore(exchange).find((before) => isCut(before) && before.answer && isMadeOf(said, before.answer));
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
    judge: ofThinking((sent, said, { id }) =>
      said.thinking.length >= sent.length
        ? "pass"
        : {
            message: `Expected ${sent.length} blocks of thinking of exchange ${id} in message ${said.at}, found ${said.thinking.length}.`,
          },
    ),
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
    judge: ofSaid((said, { course: { called = [] } }) => {
      const left = called.filter(({ answer }) => answer?.brokenOffBy === "client");
      for (const { id, answer } of left) {
        const isRun = answer?.calls.some((call) => !call.isWhole && said.results.includes(call.id));
        if (isRun === true) {
          return { message: `The client left exchange ${id} in the middle of a tool call, and sends its result.` };
        }
      }
      return left.length === 0 ? "not-applicable" : "pass";
    }),
  },
];
