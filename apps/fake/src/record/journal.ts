import { permissionFields } from "../authorize/permission-state.ts";
import type { WireReply } from "../exchange/exchange.ts";
import type { FakeSettings } from "../settings/options.ts";
import { RefusedHosts } from "../stores/refused-hosts.ts";
import { findRetries } from "../rules/find-retries.ts";
import { judgeExchange } from "../rules/judge-exchange.ts";
import { JudgedExchange } from "../rules/judged-exchange.ts";
import { summarizeFields } from "./body-fields.ts";
import { BodyStore } from "./body-store.ts";
import { type JournalEntry, journalEntry } from "../judge/journal-entry.ts";
import type { KeptExchange, RecordedExchange } from "./kept-exchange.ts";
import { Ring } from "./ring.ts";
import { configuredSecrets, type Secrets, secretsOf } from "../redact/secrets.ts";

export type { JournalEntry } from "../judge/journal-entry.ts";

/** What the journal says of itself, and its exchanges, oldest first. */
export interface JournalSnapshot {
  readonly exchanges: readonly JournalEntry[];
  /** Exchanges seen since the start or the last reset. */
  readonly total: number;
  /** Exchanges that were dropped because the journal is bounded. */
  readonly dropped: number;
  /** Those of the dropped that had been refused, or broken a check. */
  readonly droppedRefused: number;
  /** How many answered exchanges are kept, and how many refused ones beside them. */
  readonly maxExchanges: number;
}

/**
 * The last exchanges, in memory. What was refused is kept apart from what was
 * answered, as many of each: a thousand good requests do not wash out the one
 * that failed.
 *
 * Exchanges are judged and written out when somebody asks, and once; on the way
 * of a request they are only put down.
 */
export class Journal {
  readonly #settings: FakeSettings;
  readonly #secrets: Secrets;
  /** What clients wanted to reach through the fake as a proxy, and were not let. */
  readonly refusedHosts: RefusedHosts = new RefusedHosts();
  readonly #answered: Ring<KeptExchange>;
  readonly #refused: Ring<KeptExchange>;
  // One for each ring: a block that both used would live as long as the slower of them.
  readonly #answeredBodies = new BodyStore();
  readonly #refusedBodies = new BodyStore();
  #total = 0;
  #totalRefused = 0;
  /** What was judged already. */
  #judged = new WeakMap<KeptExchange, JudgedExchange>();
  #entries = new WeakMap<KeptExchange, JournalEntry>();

  constructor(settings: FakeSettings) {
    this.#settings = settings;
    this.#secrets = configuredSecrets(settings);
    this.#answered = new Ring(settings.maxJournalExchanges);
    this.#refused = new Ring(settings.maxJournalExchanges);
  }

  /** How many exchanges were seen since the start or the last reset. */
  get total(): number {
    return this.#total;
  }

  /** Keeps an exchange, and lets the oldest of its kind go where there are too many. */
  record(exchange: RecordedExchange, reply: WireReply): void {
    const seen = this.#total++;
    const refused = isRefused(exchange, reply);
    if (refused) this.#totalRefused++;
    const { maxJournalExchanges, maxJournalBodyBytes } = this.#settings;
    if (maxJournalExchanges <= 0) return;
    const { request, input } = exchange;
    const bodyBytes = request.body.length;
    const isCut = bodyBytes > maxJournalBodyBytes;
    const kept: KeptExchange = {
      seen,
      id: exchange.id,
      receivedAt: exchange.receivedAt,
      request: {
        method: request.method,
        target: request.target,
        headers: request.headers,
        httpVersion: request.httpVersion,
        wire: request.wire,
        ...(request.bodyTooLarge === true ? { bodyTooLarge: true } : undefined),
      },
      body: (refused ? this.#refusedBodies : this.#answeredBodies).keep(request.body, maxJournalBodyBytes),
      bodyBytes,
      fields: isCut && input !== undefined ? summarizeFields(input) : undefined,
      route: exchange.route,
      caller: exchange.caller,
      asked: isCut ? askedOfLong(exchange) : exchange.asked,
      model: exchange.model,
      checked: exchange.checked,
      diagnosis: exchange.diagnosis,
      answeredBy: exchange.answeredBy,
      reply: { status: reply.status, headers: reply.headers },
    };
    (refused ? this.#refused : this.#answered).add(kept);
  }

  /** Forgets everything. */
  reset(): void {
    this.#answered.clear();
    this.#refused.clear();
    this.#answeredBodies.clear();
    this.#refusedBodies.clear();
    this.refusedHosts.clear();
    this.#total = 0;
    this.#totalRefused = 0;
  }

  /** Everything that is kept, oldest first, judged by every rule, without secrets. */
  snapshot(): JournalSnapshot {
    const exchanges = this.#judgeAll().map((judged) => this.#entry(judged));
    return {
      exchanges,
      total: this.#total,
      dropped: this.#total - exchanges.length,
      droppedRefused: this.#totalRefused - this.#refused.length,
      maxExchanges: this.#settings.maxJournalExchanges,
    };
  }

  /** One exchange; `undefined` where it was never seen, or dropped since. */
  find(id: string): JournalEntry | undefined {
    const judged = this.#judgeAll().find(({ kept }) => kept.id === id);
    return judged && this.#entry(judged);
  }

  #judgeAll(): readonly JudgedExchange[] {
    const kept = [...this.#answered.toArray(), ...this.#refused.toArray()].toSorted((a, b) => a.seen - b.seen);
    const retries = findRetries(kept);
    // The exchange that was retried came first, and is there when its retry looks for it.
    return kept.map((exchange) => {
      const known = this.#judged.get(exchange);
      if (known !== undefined) return known;
      const retried = retries.get(exchange);
      const judged = new JudgedExchange(
        exchange,
        secretsOf(exchange, this.#secrets),
        retried && this.#judged.get(retried),
      );
      this.#judged.set(exchange, judged);
      return judged;
    });
  }

  #entry(judged: JudgedExchange): JournalEntry {
    const known = this.#entries.get(judged.kept);
    if (known !== undefined) return known;
    const entry = journalEntry(judged, judgeExchange(judged), this.#settings);
    this.#entries.set(judged.kept, entry);
    return entry;
  }
}

/** With what permissions depend on of a body that is cut, where nobody has read it for them. */
function askedOfLong({ asked, input, route }: RecordedExchange): RecordedExchange["asked"] {
  // Nothing but the tags of a workspace depends on a body of Claude Platform on AWS.
  if (asked === undefined || input === undefined || route.provider === "anthropic-aws") return asked;
  const body = asked.body ?? permissionFields(input);
  return body === undefined ? asked : { ...asked, body };
}

/** Whether a check found a fault, even where it was only recorded, or the answer is an error. */
function isRefused({ checked }: RecordedExchange, { status }: WireReply): boolean {
  if (status >= 400) return true;
  for (const { fault } of checked) if (fault !== undefined) return true;
  return false;
}
