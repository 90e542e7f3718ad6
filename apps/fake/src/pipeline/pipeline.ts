import type { CheckName, CredentialCheckName } from "../exchange/check-name.ts";
import type { Check, Checked } from "../exchange/check.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { type Fault, fault } from "../terms/faults.ts";
import { WorkExceeded } from "../input/work-budget.ts";
import { runChecks } from "./run-checks.ts";

/** Answers in place of the fake; `undefined` leaves the request to it. */
export type Override = (request: ReceivedRequest) => Promise<WireReply | undefined>;

/** What every pipeline of a fake meets. */
export interface PipelineContext {
  readonly settings: FakeSettings;
  readonly state: FakeState;
  /** Set where a user took requests over. */
  readonly override: Override | undefined;
}

/** A request on its way through a pipeline. */
export interface PipelineExchange extends Checked {
  readonly request: ReceivedRequest;
  /** Who answered it in place of the fake's own behaviour. */
  answeredBy?: "scenario" | "override";
}

/** What a kind of request goes through: it is checked, answered, written, and recorded. */
export interface Pipeline<Asked extends PipelineExchange, Answer extends object> {
  /** Everything that is asked of it, in order. */
  readonly checks: readonly Check<Asked, CheckName | CredentialCheckName>[];
  /** Answers what passed. */
  readonly behave: (exchange: Asked) => Answer | Fault | Promise<Answer | Fault>;
  /** Writes an answer, or a refusal, as the service does. */
  readonly write: (answer: Answer | Fault, exchange: Asked) => WireReply;
  /** Keeps it, with what was answered, and makes of that what is sent. */
  readonly record: (exchange: Asked, reply: WireReply) => WireReply;
  /** How a refusal of our own is written, where the service has another way than the table's. */
  readonly internal?: Pick<Fault, "status" | "errorType">;
}

/** What a client may be told of a mistake of our own. */
const INTERNAL = "The fake failed to handle this request. This is a bug of the fake, not of the client.";

/** What a client is told of a mistake in a handler that took its request over. */
const OVERRIDE_FAILED = "A handler that was given to the fake threw";

/** What a client is told of a store of the journal that failed: who wrote it finds why in its own words. */
const STORE_FAILED = "The store that was given for the journal threw where it was told of this request.";

/**
 * Takes a request through a pipeline: checks, the user's own answer, the behaviour, and the record, whatever happened.
 *
 * @returns What goes back over the wire; never throws.
 */
export async function runPipeline<Asked extends PipelineExchange, Answer extends object>(
  pipeline: Pipeline<Asked, Answer>,
  exchange: Asked,
  { settings, state, override }: PipelineContext,
): Promise<WireReply> {
  let answer: Answer | Fault | undefined;
  try {
    answer = await runChecks(pipeline.checks, exchange, settings, state);
  } catch (error) {
    answer = failed(exchange, error, pipeline.internal);
  }
  // Before the behaviour: what another answers must not use up a scenario.
  const overridden = override === undefined ? undefined : await ask(override, pipeline, exchange);
  if (overridden !== undefined) exchange.answeredBy = "override";
  let reply = overridden;
  if (reply === undefined) {
    try {
      // Most answers are there at once; waiting for one would cost a turn.
      const pending = answer ?? pipeline.behave(exchange);
      answer = pending instanceof Promise ? await pending : pending;
    } catch (error) {
      answer = failed(exchange, error, pipeline.internal);
    }
    reply = write(pipeline, answer, exchange);
  }
  try {
    return pipeline.record(exchange, reply);
  } catch (error) {
    // Only a store of the user's own does that.
    return pipeline.write(failed(exchange, error, pipeline.internal, "internal", STORE_FAILED), exchange);
  }
}

async function ask<Asked extends PipelineExchange, Answer extends object>(
  override: Override,
  pipeline: Pipeline<Asked, Answer>,
  exchange: Asked,
): Promise<WireReply | undefined> {
  try {
    return await override(forUser(exchange.request));
  } catch (error) {
    const message = `${OVERRIDE_FAILED}: ${(error as Error)?.message ?? String(error)}`;
    return pipeline.write(failed(exchange, error, pipeline.internal, "override", message), exchange);
  }
}

/** A request for a user, who may do with its bytes what they like: what is recorded of it stays as it came. */
function forUser(request: ReceivedRequest): ReceivedRequest {
  const { bodyIsUnshared, takesParts, ...shared } = request;
  if (bodyIsUnshared === true) return { ...shared, body: new Uint8Array(request.body) };
  return takesParts === true ? shared : request;
}

function write<Asked extends PipelineExchange, Answer extends object>(
  pipeline: Pipeline<Asked, Answer>,
  answer: Answer | Fault,
  exchange: Asked,
): WireReply {
  try {
    return pipeline.write(answer, exchange);
  } catch (error) {
    // What a scenario in code gives may be no JSON.
    return pipeline.write(failed(exchange, error, pipeline.internal), exchange);
  }
}

/**
 * Notes a mistake of our own, or of a user's handler, and makes a refusal of it. A client that asked for more work than
 * anybody's request may cause made the mistake itself.
 *
 * @returns The refusal; the stack of a mistake of our own stands in its details, which are never sent.
 */
export function failed(
  { checked }: Checked,
  error: unknown,
  more: Pick<Fault, "status" | "errorType"> = {},
  asked: "internal" | "override" = "internal",
  message: string = INTERNAL,
): Fault {
  if (error instanceof WorkExceeded) {
    const refused = fault("body-invalid", error.message);
    checked.push({ check: "body", fault: refused });
    return refused;
  }
  const details = { stack: String((error as Error)?.stack ?? error) };
  const found = fault("internal", message, { ...more, details });
  checked.push({ check: asked, fault: found });
  return found;
}
