import type { ExchangeEnd, RequestHead } from "@claude-on-aws/listen";
import { resolveOptions } from "../configure/resolve-options.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import { answerMessage, createHandle, type HandleContext } from "../handle.ts";
import { evidenceContext } from "../evidence/evidence-of.ts";
import { Journal } from "../judge/journal.ts";
import type { JournalStore } from "../judge/journal-store.ts";
import { createJournalTools, type JournalTools } from "../judge/journal-tools.ts";
import { isRefusedUnread } from "./is-refused-unread.ts";
import type { Override } from "../pipeline/pipeline.ts";
import { MemoryStore } from "../judge/memory-store.ts";
import { createReport } from "../report/create-report.ts";
import type { Report } from "../report/report.ts";
import type { ScenarioRowBuilder } from "../scenario/row-builder.ts";
import { ScenarioPlayer } from "../scenario/scenario-player.ts";
import type { FakeOptions } from "../settings/fake-options.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ScenarioWhen } from "../settings/scenario/scenario-when.ts";
import { RateLimits } from "../stores/rate-limits.ts";
import { RefusedHosts } from "../stores/refused-hosts.ts";
import { Resources } from "../stores/resources.ts";
import { CredentialStore } from "../stores/sessions/credential-store.ts";
import { SignInStore } from "../stores/sign-in/sign-in-store.ts";

/** Options for {@link createFakeCore}. */
export interface FakeCoreOptions extends FakeOptions {
  /**
   * Makes the store in which the journal keeps its exchanges, with the tools that take evidence from them. What it
   * throws where it is told of an exchange is a failure of the fake: the request is answered with 500.
   *
   * @default {the last exchanges in memory, as many as `maxJournalExchanges` says}
   */
  readonly journal?: ((tools: JournalTools) => JournalStore) | undefined;
}

/** A fake without its msw handlers: what the server needs. */
export interface FakeCore {
  /** Every default in place. */
  readonly settings: FakeSettings;
  /** What lives and changes: the sessions that were issued, and what clients made. */
  readonly state: FakeState;
  /** Answers a request. This is the whole server; it never throws on what a client sent. */
  readonly handle: (request: ReceivedRequest) => Promise<WireReply>;
  /**
   * Notes a request whose body never comes whole.
   *
   * @returns What is told how it ended.
   */
  readonly noteUnread: (head: RequestHead) => (end: ExchangeEnd) => void;
  /** Whether a request is refused whatever its body holds: a server need not keep that. */
  readonly isRefusedUnread: (head: RequestHead) => Promise<boolean>;
  /** The exchanges so far. */
  readonly journal: Journal;
  /** Judges the exchanges of the journal by every rule, and adds up what was found. */
  readonly report: () => Report;
  /** Lets another answer first; `undefined` gives the requests back. The exchange is checked and recorded all the same. */
  readonly override: (answer: Override | undefined) => void;
  /**
   * Begins a row of the scenario that is asked before all others, until the next reset:
   * `fake.on({ text: /weather/ }).reply({ text: "It rains." }).times(1)`.
   */
  readonly on: (when?: ScenarioWhen) => ScenarioRowBuilder;
  /**
   * Forgets the exchanges, what clients made, what of a scenario was used up and the rows that were added to it, stops batches
   * that run, and gives overridden requests back.
   */
  readonly reset: () => void;
}

/**
 * Makes a fake that loads no other package: msw stays out of it.
 *
 * @example A request, as it came over the wire
 * ```ts
 * import { createFakeCore } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFakeCore();
 * const { status } = await fake.handle({
 *   method: "POST",
 *   target: "/v1/messages",
 *   headers: [["host", "aws-external-anthropic.us-east-1.api.aws"]],
 *   httpVersion: "1.1",
 *   body: new Uint8Array(),
 *   wire: "received",
 * });
 * equal(status, 401);
 * equal(fake.report().clients[0]?.rules[0]?.rule, "authentication-present");
 * ```
 *
 * @example A row of a scenario, as a test goes
 * ```ts
 * import { createFakeCore } from "@claude-on-aws/fake/server";
 *
 * const fake = createFakeCore();
 * fake.on({ text: /weather/ }).reply({ text: "It rains." });
 * fake.on({ turn: 1 }).reply({ throttle: { retryAfterSeconds: 1 } }).times(1);
 * ```
 *
 * @param options What is accepted, and how.
 * @returns The fake; `serve` puts it on a port.
 * @throws {FakeError} `CONFIGURATION_VALUE`, `CONFIGURATION_POLICY` where the options cannot be used, `SCENARIO_KEY`,
 * `SCENARIO_VALUE` where something of the scenario does not fit.
 */
export function createFakeCore({ journal: createStore, ...options }: FakeCoreOptions = {}): FakeCore {
  const settings = resolveOptions(options);
  const evidence = evidenceContext(settings);
  const store: JournalStore = createStore?.(createJournalTools(evidence)) ?? new MemoryStore(evidence);
  const player = new ScenarioPlayer(settings);
  const refusedHosts = new RefusedHosts();
  const journal = new Journal(store, refusedHosts);
  const state: FakeState = {
    credentials: new CredentialStore({
      ...settings,
      arnOf: (accessKeyId) => settings.principals?.ofAccessKey(accessKeyId)?.arn,
    }),
    signIns: new SignInStore(settings),
    addresses: [],
    resources: new Resources(settings),
    limits: new RateLimits(),
    toldSkewsMs: new Set(),
    answerMessage: (exchange) => answerMessage(exchange, context),
  };
  const context: HandleContext & { override: Override | undefined } = {
    settings,
    state,
    store,
    player,
    override: undefined,
  };
  return {
    settings,
    state,
    journal,
    handle: createHandle(context),
    isRefusedUnread: (head) => isRefusedUnread(head, context),
    noteUnread: (head) => {
      const seen = { id: settings.randomUuid(), receivedAt: settings.now(), head };
      return (end) => store.recordUnread({ ...seen, end });
    },
    report: () => createReport(journal),
    on: (when) => player.on(when),
    override: (answer) => void (context.override = answer),
    reset: () => {
      journal.reset();
      state.credentials.reset();
      state.signIns.reset();
      state.resources.reset();
      state.limits.reset();
      state.toldSkewsMs.clear();
      player.reset();
      context.override = undefined;
    },
  };
}
