import type { Evidence } from "../evidence/evidence.ts";
import { remember } from "../stores/remember.ts";
import { asksForRetry, isDenied, isInTime } from "./attempt.ts";
import { LastByKey } from "./last-by-key.ts";
import { isLogin } from "./logins.ts";

/** What came before an exchange, and concerns it. */
export interface Course {
  /** A refused exchange that asked to be sent again, and was not: this one goes on without its answer. */
  readonly gaveUpOn?: Evidence;
  /** The exchanges whose place in the conversation the last message of Claude has, oldest first, whoever sent them. */
  readonly answered?: readonly Evidence[];
  /** The exchange before it that asked for the same answer. */
  readonly sameAsked?: Evidence;
  /** The exchanges whose answers made tool calls as the last message of Claude holds them, oldest first, whoever sent them. */
  readonly called?: readonly Evidence[];
  /** The same caller's exchange before it, where that was denied. */
  readonly denied?: Evidence;
  /** The credentials that were given out since the exchange of which this one is a retry. */
  readonly login?: Evidence;
}

/** Exchanges of which a message may be the answer: the last ones. Programs ask the same at the same time. */
const MAX_ALIKE = 16;

/**
 * Finds of each exchange, as they come, what went before it in its conversation: by the fingerprints of messages and tool
 * calls, which are looked up. What that costs does not grow with what came before.
 */
export class ConversationIndex {
  readonly #maxOpen: number;
  readonly #current: (evidence: Evidence) => Evidence;
  /** The last exchanges that were not refused, by the message that they answer. */
  readonly #answered: LastByKey<Evidence>;
  /** What asked to be sent again, and was not yet, by client and last message. */
  readonly #refused = new Map<string, Evidence>();
  /** The last exchanges whose answers made a tool call: one, unless a scenario gives its ID. */
  readonly #called: LastByKey<Evidence>;
  /** The last exchange of each caller that was denied, until the caller's next. */
  readonly #denied = new Map<string, Evidence>();
  #login: Evidence | undefined;

  /**
   * @param maxOpen How many exchanges of each kind are remembered; the oldest are forgotten first.
   * @param current What is known of an exchange by now: how it ended was not known when it came.
   */
  constructor(maxOpen: number, current: (evidence: Evidence) => Evidence = (evidence) => evidence) {
    this.#maxOpen = maxOpen;
    this.#current = current;
    this.#answered = new LastByKey(maxOpen, MAX_ALIKE);
    this.#called = new LastByKey(maxOpen, MAX_ALIKE);
  }

  /**
   * Takes in the next exchange.
   *
   * @param evidence Not older than those before it.
   * @param retried The exchange of which it is a retry, if it is one.
   * @returns What came before it.
   */
  add(evidence: Evidence, retried: Evidence | undefined): Course {
    const course = {
      ...this.#find(evidence),
      ...this.#findDenied(evidence),
      ...(retried !== undefined && this.#login !== undefined && this.#login.seen > retried.seen
        ? { login: this.#login }
        : {}),
    };
    this.#remember(evidence, retried);
    return course;
  }

  #find(evidence: Evidence): Course {
    const { conversation } = evidence;
    if (conversation === undefined) return {};
    const { said } = conversation;
    const gaveUpOn = this.#findGivenUp(evidence);
    const before = said && conversation.asked.find(({ at }) => at === said.at - 1);
    const answered = before === undefined ? [] : this.#all(this.#answered, leadKey(before.at, before.steps.at(-1)));
    const lead = leadOf(evidence);
    const sameAsked =
      lead === undefined ? undefined : this.#all(this.#answered, lead).findLast((one) => isOfSameClient(one, evidence));
    const called = new Set(said?.calls.flatMap((id) => this.#all(this.#called, id)));
    return {
      ...(gaveUpOn === undefined ? {} : { gaveUpOn }),
      ...(answered.length === 0 ? {} : { answered }),
      ...(sameAsked === undefined ? {} : { sameAsked }),
      ...(called.size === 0 ? {} : { called: [...called].toSorted((one, other) => one.seen - other.seen) }),
    };
  }

  /** Looks for what was never answered, though the user has gone on: in a message of its own, or in the same one. */
  #findGivenUp(evidence: Evidence): Evidence | undefined {
    const { asked, messages } = evidence.conversation ?? { asked: [], messages: 0 };
    const places = new Set(asked.map(({ at }) => at));
    for (const { at, steps } of asked) {
      for (const [index, step] of steps.entries()) {
        const isEnd = index === steps.length - 1;
        // An answer in between may come from elsewhere.
        if (isEnd && (at === messages - 1 || !places.has(at + 1))) continue;
        const key = refusedKey(evidence, leadKey(at, step));
        const refused = this.#refused.get(key);
        if (refused === undefined || isInTime(refused, evidence)) continue;
        this.#refused.delete(key);
        return refused;
      }
    }
    return undefined;
  }

  #findDenied({ fingerprints }: Evidence): Course {
    const denied = this.#denied.get(fingerprints.caller);
    return denied === undefined ? {} : { denied };
  }

  #all(last: LastByKey<Evidence>, key: string): readonly Evidence[] {
    return last.get(key).map(this.#current);
  }

  #remember(evidence: Evidence, retried: Evidence | undefined): void {
    if (isLogin(evidence)) this.#login = evidence;
    const { caller } = evidence.fingerprints;
    this.#denied.delete(caller);
    if (isDenied(evidence)) remember(this.#denied, caller, evidence, this.#maxOpen);
    for (const { id } of evidence.answer?.calls ?? []) this.#called.add(id, evidence);
    const lead = leadOf(evidence);
    if (lead === undefined) return;
    if (evidence.reply.status < 400) this.#answered.add(lead, evidence);
    const key = refusedKey(evidence, lead);
    // Sent again late, it was sent again.
    if (!this.#refused.delete(key) && retried === undefined && asksForRetry(evidence)) {
      remember(this.#refused, key, evidence, this.#maxOpen);
    }
  }
}

/** Whether two requests come from the same program. */
export const isOfSameClient = (one: Evidence, other: Evidence): boolean =>
  one.fingerprints.client === other.fingerprints.client;

/** A message of the user, by its place: whoever asks, its answer is known from then on. */
const leadKey = (at: number, step: string | undefined): string => `${at} ${step}`;

/** The message that a request asks to answer; `undefined` where it ends with one of Claude, which is to go on. */
function leadOf({ conversation }: Evidence): string | undefined {
  const last = conversation?.asked.at(-1);
  return last === undefined || last.at + 1 !== conversation?.messages ? undefined : leadKey(last.at, last.steps.at(-1));
}

const refusedKey = ({ fingerprints }: Evidence, lead: string): string => `${fingerprints.client} ${lead}`;
