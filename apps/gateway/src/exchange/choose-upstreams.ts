import { findNamedModels } from "./find-named-models.ts";
import { isModelAllowed } from "../admission/is-model-allowed.ts";
import { matchesPattern } from "../admission/matches-pattern.ts";
import { refuse } from "../refusals/own-refusals.ts";
import { isServedBy } from "../routes/is-served-by.ts";
import type { Caller } from "../terms/caller.ts";
import type { GatewayRoute } from "../terms/gateway-route.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import { OPERATION_KINDS } from "./operation-kinds.ts";
import type { ServedUpstream } from "./service.ts";

/** An upstream that a request may go to. */
export interface Candidate extends ServedUpstream {
  /** The model as this upstream is asked for it; null where the request names none. */
  readonly upstreamModel: string | null;
}

/** The operations that Amazon Bedrock alone has, in words. */
const NOT_SERVED = {
  bedrock:
    "Cannot serve this path: it is one of Amazon Bedrock's own, and this gateway has no upstream on Amazon Bedrock for this caller; in Claude Code set ANTHROPIC_BASE_URL in place of CLAUDE_CODE_USE_BEDROCK, or add an upstream with the provider bedrock",
  messages:
    "Cannot serve this path: none of this gateway's upstreams for this caller has it; batches and files are on Claude Platform on AWS, lists of models there and on Amazon Bedrock",
} as const;

/**
 * Picks the upstreams that a request may go to: those that have what it asks for, that the caller may use, and where it may use what
 * the model becomes.
 *
 * @param upstreams All of them, in the operator's order.
 * @param caller Who asks.
 * @param route What is asked for.
 * @param model The model, as the client names it; null where none is named.
 * @param body The body, which may name further models; null where it is not read.
 * @returns The upstreams; or why there is none.
 */
export async function chooseUpstreams(
  upstreams: readonly ServedUpstream[],
  caller: Caller,
  route: GatewayRoute,
  model: string | null,
  body: Uint8Array | null,
): Promise<readonly Candidate[] | OwnRefusal> {
  const having = upstreams.filter(({ provider }) => isServedBy(provider, route));
  if (having.length === 0) {
    return refuse("NOT_SUPPORTED", NOT_SERVED[route.form === "bedrock" ? "bedrock" : "messages"]);
  }
  const { upstreams: names, models: patterns } = caller.limits;
  const permitted = names === null ? having : having.filter(({ name }) => names.includes(name));
  if (permitted.length === 0) {
    return refuse(
      "UPSTREAM_NOT_ALLOWED",
      "Cannot serve this request: this caller may use no upstream that has what it asks for; ask the operator of the gateway",
    );
  }
  const isLimited = patterns !== null && OPERATION_KINDS[route.operation].readsBody;
  if (model === null) return isLimited ? NO_MODEL : permitted.map((upstream) => ({ ...upstream, upstreamModel: null }));
  const further = isLimited && body !== null ? findNamedModels(body) : [];
  if (further === undefined) return UNREADABLE_MODEL;
  const allowed: Candidate[] = [];
  let isOffered = false;
  let denied: string | undefined;
  for (const upstream of permitted) {
    const resolve = route.form === "bedrock" ? asWritten : upstream.resolveModel;
    const resolved = await resolve(model);
    if (!serves(upstream, model, resolved)) continue;
    isOffered = true;
    if (patterns !== null) {
      if (!(await mayAskFor(patterns, model, resolved, upstream.resolveModel))) continue;
      denied = await findDenied(patterns, further, model, upstream.resolveModel);
      if (denied !== undefined) continue;
    }
    allowed.push({ ...upstream, upstreamModel: resolved });
  }
  if (allowed.length > 0) return allowed;
  // What a stranger wrote is shown as JSON, and not at any length.
  const shown = JSON.stringify((denied ?? model).slice(0, 100));
  return isOffered
    ? refuse(
        "MODEL_NOT_ALLOWED",
        `Cannot serve this request: the model ${shown} is none of those that this caller may ask for; ask for another one, or ask the operator of the gateway`,
      )
    : refuse(
        "MODEL_NOT_ALLOWED",
        `Cannot serve this request: no upstream of this gateway serves the model ${shown}; ask for another one`,
      );
}

const NO_MODEL: OwnRefusal = refuse(
  "MODEL_NOT_ALLOWED",
  "Cannot serve this request: it names no model that could be read, and this caller may ask for some alone; name one in model, as a text",
);

const UNREADABLE_MODEL: OwnRefusal = refuse(
  "MODEL_NOT_ALLOWED",
  "Cannot serve this request: it leaves a model to the service, or names one in a way that could not be read, and this caller may ask for some alone; name each model once, as a text, and fallbacks one by one",
);

/** Finds a model beside the one that is asked for that the caller may not ask for. Nobody translates these: they go on as written. */
async function findDenied(
  patterns: readonly string[],
  further: readonly string[],
  model: string,
  resolve: (name: string) => Promise<string>,
): Promise<string | undefined> {
  for (const name of further) {
    if (name !== model && !(await mayAskFor(patterns, name, name, resolve))) return name;
  }
  return undefined;
}

const asWritten = (name: string): Promise<string> => Promise.resolve(name);

const serves = ({ models }: ServedUpstream, asked: string, resolved: string): boolean =>
  models === null ||
  models === undefined ||
  models.some((pattern) => matchesPattern(pattern, asked) || matchesPattern(pattern, resolved));

async function mayAskFor(
  patterns: readonly string[],
  asked: string,
  resolved: string,
  resolve: (name: string) => Promise<string>,
): Promise<boolean> {
  const names = new Map<string, string>();
  for (const pattern of patterns) if (!pattern.includes("*")) names.set(pattern, await resolve(pattern));
  return isModelAllowed(patterns, { asked, resolved, resolve: (name) => names.get(name) ?? name });
}
