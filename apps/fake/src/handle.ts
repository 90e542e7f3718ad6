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

/**
 * The life of a request: receive, route, verify, authorize, validate, behave,
 * respond; and record, whatever happened.
 */
export async function handle(request: ReceivedRequest, settings: FakeSettings, journal: Journal): Promise<WireReply> {
  const uuid = settings.randomUuid();
  const ids = { anthropic: `req_01${randomId({ randomUuid: () => uuid })}`, aws: uuid };
  const exchange: Exchange = {
    id: uuid,
    receivedAt: settings.now(),
    request,
    route: route(request),
    findings: [],
  };
  const answer = await decide(exchange, settings);
  const reply = isFault(answer)
    ? respondFault(answer, exchange, ids)
    : respond(answer, exchange, ids, settings.now().getTime() - exchange.receivedAt.getTime());
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
    exchange.findings.push({ rule: "internal", level: "fail", message: String((error as Error)?.stack ?? error) });
    return fault("internal", INTERNAL);
  }
}

/** Asks everything in order; the first fault decides, where findings decide at all. */
async function runChecks(exchange: Exchange, settings: FakeSettings): Promise<Fault | undefined> {
  for (const { rule, decisive, check } of CHECKS) {
    const pending = check(exchange, settings);
    const verdict = pending instanceof Promise ? await pending : pending;
    if (verdict === "not-applicable") continue;
    if (verdict === undefined) {
      exchange.findings.push({ rule, level: "pass" });
      continue;
    }
    const { message, details } = verdict;
    exchange.findings.push({ rule, level: "fail", message, ...(details === undefined ? {} : { details }) });
    if (decisive === true || settings.onFinding === "reject") return verdict;
  }
  return undefined;
}
