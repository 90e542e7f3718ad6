import { BEHAVIOURS, isFault, type Reply } from "./behave/behaviours.ts";
import { BODY_CHECKS, CHECKS } from "./checks.ts";
import type { Check } from "./exchange/check.ts";
import { findCredentialService } from "./credential-services/find-credential-service.ts";
import type { CheckResult, Exchange, ReceivedRequest, WireReply } from "./exchange/exchange.ts";
import { type Fault, fault } from "./terms/faults.ts";
import type { FakeSettings } from "./settings/options.ts";
import type { ScenarioPlayer } from "./scenario/scenario-player.ts";
import type { Journal } from "./record/journal.ts";
import { randomId } from "./terms/random-id.ts";
import { type RequestIds, respond } from "./respond/respond.ts";
import { respondFault } from "./respond/respond-fault.ts";
import type { RateLimits } from "./stores/rate-limits.ts";
import { route } from "./route/route.ts";

/** Answers in place of the fake; `undefined` leaves the request to it. */
export type Override = (request: ReceivedRequest) => Promise<WireReply | undefined>;

/** What a request meets on its way. */
export interface HandleContext {
  readonly settings: FakeSettings;
  readonly journal: Journal;
  /** What is answered in place of the operation's own behaviour. */
  readonly player: ScenarioPlayer;
  readonly limits: RateLimits;
  /** Set where a user took requests over. */
  readonly override: Override | undefined;
}

/**
 * The life of a request: receive, route, verify, authorize, validate, behave,
 * respond; and record, whatever happened.
 */
export async function handle(request: ReceivedRequest, context: HandleContext): Promise<WireReply> {
  const { settings, journal, player, override } = context;
  const credentialService = findCredentialService(request);
  if (credentialService !== undefined) {
    // Loaded by the first of them: most tests sign with keys that they have.
    const { handleCredentialRequest } = await import("./credential-services/handle-credential-request.ts");
    return handleCredentialRequest(request, credentialService, context);
  }
  const uuid = settings.randomUuid();
  const ids = { anthropic: `req_01${randomId({ randomUuid: () => uuid })}`, aws: uuid };
  const exchange: Exchange = {
    id: uuid,
    receivedAt: settings.now(),
    request,
    route: route(request),
    checked: [],
  };
  const refused = await runChecks(exchange, settings);
  // Before the operation's own behaviour: what another answers must not use up a scenario.
  const overridden = override === undefined ? undefined : await ask(override, exchange, ids);
  if (overridden !== undefined) {
    exchange.answeredBy = "override";
    journal.record(exchange, overridden);
    return overridden;
  }
  const answer = refused ?? (await behave(exchange, settings, player));
  const reply = write(answer, exchange, ids, context);
  journal.record(exchange, reply);
  return reply;
}

function write(answer: Reply | Fault, exchange: Exchange, ids: RequestIds, context: HandleContext): WireReply {
  const { settings, limits } = context;
  try {
    if (isFault(answer)) return respondFault(answer, exchange, ids, limits);
    const latencyMs = settings.now().getTime() - exchange.receivedAt.getTime();
    return respond(answer, exchange, ids, latencyMs, limits);
  } catch (error) {
    // What a scenario in code gives may be no JSON.
    return respondFault(failed(exchange, error), exchange, ids);
  }
}

/** Answers a body of CreateMessage that came in a batch: checked and answered as if it had come alone. */
export async function answerMessage(
  exchange: Exchange,
  settings: FakeSettings,
  player: ScenarioPlayer,
): Promise<Reply | Fault> {
  return (await runChecks(exchange, settings, BODY_CHECKS)) ?? behave(exchange, settings, player);
}

/** What a client may be told of a mistake of our own. */
const INTERNAL = "The fake failed to handle this request. This is a bug of the fake, not of the client.";

/** What a client is told of a mistake in a handler that took its request over. */
const OVERRIDE_FAILED = "A handler that was given to the fake threw";

async function ask(override: Override, exchange: Exchange, ids: RequestIds): Promise<WireReply | undefined> {
  try {
    return await override(exchange.request);
  } catch (error) {
    const details = { stack: String((error as Error)?.stack ?? error) };
    const found = fault("internal", `${OVERRIDE_FAILED}: ${(error as Error)?.message ?? String(error)}`, { details });
    exchange.checked.push({ check: "override", fault: found });
    return respondFault(found, exchange, ids);
  }
}

async function behave(exchange: Exchange, settings: FakeSettings, player: ScenarioPlayer): Promise<Reply | Fault> {
  try {
    const scripted = player.play(exchange);
    const played = scripted === undefined ? undefined : await scripted;
    if (played !== undefined) return played;
    const built = exchange.route.operation?.built;
    return built === undefined ? fault("internal", INTERNAL) : BEHAVIOURS[built](exchange, settings);
  } catch (error) {
    return failed(exchange, error);
  }
}

/** Asks everything in order; the first fault decides, where findings decide at all. */
async function runChecks(
  exchange: Exchange,
  settings: FakeSettings,
  checks: readonly Check[] = CHECKS,
): Promise<Fault | undefined> {
  try {
    for (const { name, decisive, check } of checks) {
      const pending = check(exchange, settings);
      const verdict = pending instanceof Promise ? await pending : pending;
      if (verdict === "not-applicable") continue;
      exchange.checked.push(verdict === undefined ? passed(name) : { check: name, fault: verdict });
      if (verdict !== undefined && (decisive === true || settings.onFinding === "reject")) return verdict;
    }
    return undefined;
  } catch (error) {
    return failed(exchange, error);
  }
}

const PASSED = new Map<string, CheckResult>();

/** What is noted of a check that found nothing: most of what a journal holds, so that it is one object for all. */
function passed(check: string): CheckResult {
  let result = PASSED.get(check);
  if (result === undefined) PASSED.set(check, (result = Object.freeze({ check })));
  return result;
}

function failed(exchange: Exchange, error: unknown): Fault {
  const details = { stack: String((error as Error)?.stack ?? error) };
  const found = fault("internal", INTERNAL, { details });
  exchange.checked.push({ check: "internal", fault: found });
  return found;
}
