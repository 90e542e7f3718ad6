import { BEHAVIOURS, isFault, type Reply } from "./behave/behaviours.ts";
import { CHECKS } from "./checks.ts";
import type { Exchange, ReceivedRequest, WireReply } from "./exchange.ts";
import { type Fault, fault } from "./faults.ts";
import type { FakeSettings } from "./options.ts";
import type { Journal } from "./record/journal.ts";
import { randomId } from "./respond/request-id.ts";
import { respond } from "./respond/respond.ts";
import { respondFault } from "./respond/respond-fault.ts";
import { route } from "./route/route.ts";

/** Answers in place of the fake; `undefined` leaves the request to it. */
export type Override = (request: ReceivedRequest) => Promise<WireReply | undefined>;

/** What a request meets on its way. */
export interface HandleContext {
  readonly settings: FakeSettings;
  readonly journal: Journal;
  /** Set where a user took requests over. */
  readonly override: Override | undefined;
}

/**
 * The life of a request: receive, route, verify, authorize, validate, behave,
 * respond; and record, whatever happened.
 */
export async function handle(request: ReceivedRequest, context: HandleContext): Promise<WireReply> {
  const { settings, journal, override } = context;
  const uuid = settings.randomUuid();
  const ids = { anthropic: `req_01${randomId({ randomUuid: () => uuid })}`, aws: uuid };
  const exchange: Exchange = {
    id: uuid,
    receivedAt: settings.now(),
    request,
    route: route(request),
    checked: [],
  };
  const answer = await decide(exchange, settings);
  const overridden = override === undefined ? undefined : await override(request);
  if (overridden !== undefined) exchange.answeredBy = "override";
  const reply =
    overridden ??
    (isFault(answer)
      ? respondFault(answer, exchange, ids)
      : respond(answer, exchange, ids, settings.now().getTime() - exchange.receivedAt.getTime()));
  journal.record(exchange, reply);
  return reply;
}

/** What a client may be told of a mistake of our own. */
const INTERNAL = "The fake failed to handle this request. This is a bug of the fake, not of the client.";

async function decide(exchange: Exchange, settings: FakeSettings): Promise<Reply | Fault> {
  try {
    const found = await runChecks(exchange, settings);
    if (found !== undefined) return found;
    const built = exchange.route.operation?.built;
    return built === undefined ? fault("internal", INTERNAL) : BEHAVIOURS[built](exchange, settings);
  } catch (error) {
    const details = { stack: String((error as Error)?.stack ?? error) };
    const found = fault("internal", INTERNAL, { details });
    exchange.checked.push({ check: "internal", fault: found });
    return found;
  }
}

/** Asks everything in order; the first fault decides, where findings decide at all. */
async function runChecks(exchange: Exchange, settings: FakeSettings): Promise<Fault | undefined> {
  for (const { name, decisive, check } of CHECKS) {
    const pending = check(exchange, settings);
    const verdict = pending instanceof Promise ? await pending : pending;
    if (verdict === "not-applicable") continue;
    exchange.checked.push(verdict === undefined ? { check: name } : { check: name, fault: verdict });
    if (verdict !== undefined && (decisive === true || settings.onFinding === "reject")) return verdict;
  }
  return undefined;
}
