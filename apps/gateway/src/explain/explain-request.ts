import type { AwsProvider } from "@claude-on-aws/endpoints";
import { readFields, type Translation } from "@claude-on-aws/fetch";
import type { RequestHead } from "@claude-on-aws/listen";
import { findClientSignature } from "../admission/find-client-signature.ts";
import type { SpendBound } from "../budgets/budget-keeper.ts";
import { checkHead, createHeadRules } from "../callers/head/check-head.ts";
import { chooseUpstreams } from "../exchange/choose-upstreams.ts";
import { OPERATION_KINDS } from "../exchange/operation-kinds.ts";
import { requestHeaders } from "../forward/request-headers.ts";
import type { GatewayParts } from "../gateway-parts.ts";
import { refuse } from "../refusals/own-refusals.ts";
import { findRoute } from "../routes/find-route.ts";
import type { Caller } from "../terms/caller.ts";
import type { GatewayRoute } from "../terms/gateway-route.ts";
import { isOwnRefusal, type OwnRefusal } from "../terms/own-refusal.ts";
import { createModelResolver } from "../upstreams/resolve-model.ts";
import type { Upstream } from "../upstreams/upstream.ts";

/** What would be sent to an upstream, in the order in which they are asked. */
export interface ExplainedUpstream {
  readonly name: string;
  readonly provider: AwsProvider;
  readonly region: string;
  /** The model as it is asked for it; null where none is named. */
  readonly model: string | null;
  /** Null where nothing would be sent; then `refusal` says why. */
  readonly request: { readonly method: string; readonly url: string } | null;
  /** Every change between what the client asked for and what would be sent. */
  readonly translations: readonly Translation[];
  readonly refusal: ExplainedRefusal | null;
}

/** Why something is not done. */
export interface ExplainedRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** What a gateway would do with a request. */
export interface Explanation {
  /** Null where the request does not say; what follows is explained for somebody without limits then. */
  readonly caller: Pick<Caller, "name" | "proof" | "groups"> | null;
  readonly route: GatewayRoute | null;
  /** The model as the client names it. */
  readonly model: string | null;
  readonly upstreams: readonly ExplainedUpstream[];
  /** The most that the request can cost; null where nothing is reserved for it. */
  readonly bound: SpendBound | null;
  /** For what the client would be refused, first the one that it would be told; empty where it would be served. */
  readonly refusals: readonly ExplainedRefusal[];
}

/** What decides what is done. */
export type ExplainedParts = Pick<GatewayParts, "upstreams" | "identify" | "headRules" | "withheldHeaders" | "bound">;

/** Whoever is meant where a request does not say who asks. */
const ANYBODY: Caller = {
  name: "",
  proof: "token",
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent: null },
  ownKey: null,
};

/** What stands in place of the upstream's address, which `fetch` knows. */
const PLACEHOLDER = "http://upstream.invalid";

/**
 * Says what a gateway would do with a request; it sends nothing, and takes nothing from any budget.
 *
 * @param parts The parts of the gateway.
 * @param head The request.
 * @param body Its body; empty where it has none.
 * @returns What would be done.
 */
export async function explainRequest(
  parts: ExplainedParts,
  head: RequestHead,
  body: Uint8Array<ArrayBuffer>,
): Promise<Explanation> {
  const refusals: ExplainedRefusal[] = [];
  const note = (refusal: OwnRefusal | undefined): void => {
    if (refusal !== undefined) refusals.push(shown(refusal));
  };
  note(checkHead(head, parts.headRules ?? createHeadRules()));
  const found = findRoute(head.method, head.target);
  const route = found !== undefined && "operation" in found ? found : null;
  if (found === undefined) note(refuse("ROUTE_UNKNOWN", "This path is none of the gateway's"));
  else if (route === null) note(refuse("METHOD_UNKNOWN", `This path is not for ${head.method}`));
  else note(findClientSignature(head, route));
  const identified = await parts.identify(head, undefined);
  if (isOwnRefusal(identified)) note(identified);
  const caller = isOwnRefusal(identified) ? null : identified;
  const whole = {
    caller: caller === null ? null : { name: caller.name, proof: caller.proof, groups: caller.groups },
    route,
    refusals,
  };
  if (route === null) return { ...whole, model: null, upstreams: [], bound: null };
  const model = modelOf(route, body);
  const served = parts.upstreams.map((one) => ({ ...one, resolveModel: createModelResolver(one.fetch) }));
  const chosen = await chooseUpstreams(served, caller ?? ANYBODY, route, model, body.length === 0 ? null : body);
  if (isOwnRefusal(chosen)) {
    note(chosen);
    return { ...whole, model, upstreams: [], bound: null };
  }
  const sent = { method: head.method, headers: requestHeaders(head, new Set(parts.withheldHeaders)), body };
  const upstreams = await Promise.all(chosen.map((one) => explainUpstream(one, route, sent, one.upstreamModel)));
  const [first] = upstreams;
  if (first?.refusal) refusals.push(first.refusal);
  const [asksFor = model ?? "", ...otherModels] = upstreams.map((one) => one.model ?? model ?? "");
  const asked = { operation: route.operation, model: asksFor, otherModels, body };
  const isBounded = OPERATION_KINDS[route.operation].isPaid && parts.bound !== undefined;
  return { ...whole, model, upstreams, bound: isBounded ? (parts.bound?.(asked) ?? null) : null };
}

async function explainUpstream(
  { name, provider, region, fetch }: Upstream,
  { target }: GatewayRoute,
  {
    method,
    headers,
    body,
  }: { method: string; headers: ReturnType<typeof requestHeaders>; body: Uint8Array<ArrayBuffer> },
  upstreamModel: string | null,
): Promise<ExplainedUpstream> {
  const { request, translations, refusal } = await fetch.plan(PLACEHOLDER + target, {
    method,
    headers: headers.map(([key, value]): [string, string] => [key, value]),
    ...(body.length > 0 && { body }),
  });
  return {
    name,
    provider,
    region,
    model: request?.model ?? upstreamModel,
    request: request === null ? null : { method: request.method, url: request.url },
    translations,
    refusal: refusal === null ? null : shown(refusal),
  };
}

const shown = ({ code, status, message }: ExplainedRefusal): ExplainedRefusal => ({ code, status, message });

/** The model as the client names it: in the path, or in a body of the Messages API. */
function modelOf({ form, operation, pathModel }: GatewayRoute, body: Uint8Array): string | null {
  if (pathModel !== null) return pathModel;
  return form === "bedrock" || !OPERATION_KINDS[operation].readsBody ? null : (readFields(body).model?.value ?? null);
}
