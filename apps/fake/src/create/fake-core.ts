import type { ReceivedRequest, WireReply } from "../exchange/exchange.ts";
import { answerMessage, handle, type Override } from "../handle.ts";
import { type FakeOptions, type FakeSettings, resolveOptions } from "../settings/options.ts";
import { Journal } from "../record/journal.ts";
import { createReport } from "../report/create-report.ts";
import { RateLimits } from "../stores/rate-limits.ts";
import { ScenarioPlayer } from "../scenario/scenario-player.ts";
import type { Report } from "../report/report.ts";

/** A fake without its msw handlers: what the server needs. */
export interface FakeCore {
  /** Every default in place. */
  readonly settings: FakeSettings;
  /** Answers a request. This is the whole server; it never throws on what a client sent. */
  readonly handle: (request: ReceivedRequest) => Promise<WireReply>;
  /** The exchanges so far. */
  readonly journal: Journal;
  /** Judges the exchanges of the journal by every rule, and adds up what was found. */
  readonly report: () => Report;
  /** Lets another answer first; `undefined` gives the requests back. The exchange is checked and recorded all the same. */
  readonly override: (answer: Override | undefined) => void;
  /** Forgets the exchanges, what clients made and what of a scenario was used up, stops batches that run, and gives overridden requests back. */
  readonly reset: () => void;
}

/** Makes a fake that loads no other package. */
export function createFakeCore(options?: FakeOptions): FakeCore {
  const settings = resolveOptions(options);
  const journal = new Journal(settings);
  const player = new ScenarioPlayer(settings);
  const limits = new RateLimits();
  let override: Override | undefined;
  settings.resources.runner.answerWith((exchange) => answerMessage(exchange, settings, player));
  return {
    settings,
    journal,
    handle: (request) => handle(request, { settings, journal, player, limits, override }),
    report: () => createReport(journal),
    override: (answer) => void (override = answer),
    reset: () => {
      journal.reset();
      settings.credentialStore.reset();
      settings.resources.reset();
      player.reset();
      limits.reset();
      override = undefined;
    },
  };
}
