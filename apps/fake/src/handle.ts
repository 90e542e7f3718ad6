import { CHECKS, BODY_CHECKS } from "./checks.ts";
import { findCredentialService } from "./credential-services/find-credential-service.ts";
import type { Exchange } from "./exchange/exchange.ts";
import type { ReceivedRequest, WireReply } from "./terms/wire.ts";
import type { Reply } from "./exchange/reply.ts";
import { failed, type Pipeline, type PipelineContext, runPipeline } from "./pipeline/pipeline.ts";
import { runChecks } from "./pipeline/run-checks.ts";
import type { RecordedExchange } from "./record/kept-exchange.ts";
import { faultHeaders } from "./respond/hint-headers.ts";
import { type RequestIds, respond } from "./respond/respond.ts";
import { respondFault } from "./respond/respond-fault.ts";
import { route } from "./route/route.ts";
import { underBasePath } from "./route/under-base-path.ts";
import type { ScenarioPlayer } from "./scenario/scenario-player.ts";
import { type Fault, isFault } from "./terms/faults.ts";
import type { FoundService } from "./terms/parse-credential-host.ts";
import { randomId } from "./terms/random-id.ts";

/** What a request meets on its way. */
export interface HandleContext extends PipelineContext {
  /** Where exchanges are recorded. */
  readonly store: { readonly record: (exchange: RecordedExchange, reply: WireReply) => WireReply };
  /** What is answered in place of the operation's own behaviour. */
  readonly player: ScenarioPlayer;
}

/**
 * Makes what answers requests: the life of one is to be received, routed, verified, authorized, validated, answered,
 * written, and recorded, whatever happened.
 *
 * @returns A function that answers one request; it never throws on what a client sent.
 */
export function createHandle(context: HandleContext): (request: ReceivedRequest) => Promise<WireReply> {
  const pipeline = operationPipeline(context);
  const { settings } = context;
  const hasPaths = settings.scenario?.scope === "path";
  // Not async: to wait here for what is awaited anyway costs every request some turns more.
  return (received) => {
    try {
      const credentialService = findCredentialService(received);
      if (credentialService !== undefined) return answerForCredentials(received, credentialService, context);
      const request = hasPaths ? underBasePath(received) : received;
      const exchange: Exchange = {
        id: settings.randomUuid(),
        receivedAt: settings.now(),
        request,
        route: route(request),
        checked: [],
      };
      return runPipeline(pipeline, exchange, context);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

async function answerForCredentials(
  received: ReceivedRequest,
  service: FoundService,
  context: HandleContext,
): Promise<WireReply> {
  // Loaded by the first of them: most tests sign with keys that they have.
  const { handleCredentialRequest } = await import("./credential-services/handle-credential-request.ts");
  return handleCredentialRequest(received, service, context);
}

/** What a request for Claude goes through. */
function operationPipeline(context: HandleContext): Pipeline<Exchange, Reply> {
  return {
    checks: CHECKS,
    behave: (exchange) => behave(exchange, context),
    write: (answer, exchange) => write(answer, exchange, context),
    record: (exchange, reply) => context.store.record(exchange, reply),
  };
}

function write(answer: Reply | Fault, exchange: Exchange, context: HandleContext): WireReply {
  const reply = writeWhole(answer, exchange, context);
  const { fault } = exchange;
  if (fault === undefined) return reply;
  const changed = fault.onWire?.(reply) ?? reply;
  return { ...changed, headers: [...changed.headers, ...faultHeaders(exchange)] };
}

function writeWhole(answer: Reply | Fault, exchange: Exchange, { settings, state }: HandleContext): WireReply {
  const ids = new IdsOfExchange(exchange);
  if (isFault(answer)) return respondFault(answer, exchange, ids, state.limits);
  if ("message" in answer) exchange.message = answer;
  const latencyMs = settings.now().getTime() - exchange.receivedAt.getTime();
  return respond(answer, exchange, ids, latencyMs, state.limits);
}

/** Both are made of the exchange's own. */
class IdsOfExchange implements RequestIds {
  readonly aws: string;

  constructor({ id }: Exchange) {
    this.aws = id;
  }

  /** Made where it is written: most answers of AWS have none. */
  get anthropic(): string {
    return `req_01${randomId({ randomUuid: () => this.aws })}`;
  }
}

/**
 * Answers a body of CreateMessage that came in a batch: checked and answered as if it had come alone.
 *
 * @returns What it is answered with; a mistake of our own is a fault too.
 */
export async function answerMessage(exchange: Exchange, context: HandleContext): Promise<Reply | Fault> {
  try {
    const refused = await runChecks(BODY_CHECKS, exchange, context.settings, context.state);
    return refused ?? (await behave(exchange, context));
  } catch (error) {
    return failed(exchange, error);
  }
}

function behave(exchange: Exchange, context: HandleContext): Reply | Fault | Promise<Reply | Fault> {
  const scripted = context.player.play(exchange, context.state);
  return scripted === undefined ? behaveUnscripted(exchange, context) : orUnscripted(scripted, exchange, context);
}

async function orUnscripted(
  scripted: Promise<Reply | Fault | undefined>,
  exchange: Exchange,
  context: HandleContext,
): Promise<Reply | Fault> {
  return (await scripted) ?? behaveUnscripted(exchange, context);
}

function behaveUnscripted(exchange: Exchange, { settings, state }: HandleContext): Reply | Fault {
  const built = exchange.route.operation?.built;
  if (built === undefined) throw new TypeError("Cannot answer a route that is not built: the checks let it pass");
  return built.behave(exchange, settings, state);
}
