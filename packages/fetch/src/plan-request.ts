import { encodeModelPath } from "@claude-on-aws/bedrock";
import { redactText } from "@claude-on-aws/endpoints";
import type { Authentication, Config, Endpoint, Problem } from "@claude-on-aws/env";
import { CONTEXT_BETA, resolveModel, type ResolvedModel } from "@claude-on-aws/models/resolve";
import { configuredHeaders } from "./config/configured-headers.ts";
import { chooseEndpoint } from "./config/choose-endpoint.ts";
import { describeModels } from "./config/describe-models.ts";
import { problemsOf } from "./config/problems-of.ts";
import { withStart } from "./config/with-start.ts";
import { findControlPlane } from "./config/find-control-plane.ts";
import { foreseeRefusals } from "./foresee/foresee-refusals.ts";
import { findModelProblems } from "./find-model-problems.ts";
import type { PlannedRequest, PlannedSignature, RequestPlan } from "./request-plan.ts";

/** Options for {@link planRequest}. */
export interface PlanRequestOptions {
  /**
   * The model asked for on the command line; it overrides what the configuration asks for.
   *
   * @default {null}
   */
  readonly model?: string | null | undefined;
  /**
   * Whether the reply is streamed.
   *
   * @default {true}
   */
  readonly stream?: boolean | undefined;
  /**
   * Ids of the system inference profiles that the account lists; empty if the list was denied.
   *
   * @default {[]}
   */
  readonly inferenceProfiles?: readonly string[] | undefined;
}

const API_VERSION = "2023-06-01";
const BEDROCK_VERSION = "bedrock-2023-05-31";
const EXTENDED_CACHE_BETA = "extended-cache-ttl-2025-04-11";

// What Bedrock is known to take, in the body of InvokeModel and in the header of the Messages endpoint.
const BEDROCK_BETAS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  CONTEXT_BETA,
  "interleaved-thinking-2025-05-14",
  "tool-search-tool-2025-10-19",
]);

/**
 * Says which request Claude Code sends for a turn, without sending it: where it goes, with which headers, how it is
 * signed, and what the configuration puts into the body.
 *
 * @example Usage
 * ```ts
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { planRequest } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const config = resolveConfig({
 *   env: { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "eu-west-1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" },
 * });
 * const { request } = planRequest(config, { model: "sonnet" });
 *
 * equal(
 *   request?.url,
 *   "https://bedrock-runtime.eu-west-1.amazonaws.com/model/eu.anthropic.claude-sonnet-4-5-20250929-v1:0/invoke-with-response-stream",
 * );
 * equal(request?.headers["authorization"], "Bearer ABSKexample");
 * ```
 *
 * @param given What the environment says, from `resolveConfig`.
 * @param options The model and what the account lists.
 * @returns The request (null if the client refuses), the calls before it, and every problem found.
 * @throws {BedrockError} `MODEL_PATH_ENCODING` if the name of a model for Bedrock holds half a surrogate pair.
 *
 * @see Observed in Claude Code 2.1.329.
 */
export function planRequest(given: Config, options: PlanRequestOptions = {}): RequestPlan {
  const { stream = true } = options;
  const config = withStart(given);
  // Without credentials at its start the client knows of no profile.
  const inferenceProfiles = config.start?.listsProfiles === false ? [] : (options.inferenceProfiles ?? []);
  const asked = options.model?.trim() || null;
  const requested = asked ?? config.model.requested?.value ?? null;
  const model = resolveModel(requested, {
    ...describeModels(config, inferenceProfiles),
    fromConfiguration: asked === null,
  });
  const endpoint = chooseEndpoint(config, model.id);
  const found: readonly Problem[] = [
    ...problemsOf(config, endpoint),
    ...findModelProblems(endpoint.provider, model, inferenceProfiles, config),
  ];
  const refused = found.some(({ severity }) => severity === "error");
  const request = refused ? null : writeRequest(config, endpoint, model, stream);
  const problems = request === null ? found : foreseeRefusals(request, model.id, endpoint, found);
  const controlPlane = config.provider === "bedrock" ? planControlPlane(config, request && endpoint, model) : null;
  return {
    provider: endpoint.provider,
    model: {
      requested: requested ?? "default",
      id: model.id,
      source: describeSource(config, asked, model),
      context1m: model.context1m,
    },
    authentication: { method: endpoint.authentication.method, source: endpoint.authentication.source },
    request,
    controlPlane: controlPlane?.requests ?? [],
    controlPlaneOrigin: controlPlane?.origin ?? null,
    problems: problems.map(withoutSecrets),
  };
}

/** What was set in one place may be a key that belongs in another. */
const withoutSecrets = (problem: Problem): Problem => ({
  ...problem,
  message: redactText(problem.message),
  fix: redactText(problem.fix),
});

function describeSource(config: Config, asked: string | null, model: ResolvedModel): string {
  const origin = asked === null ? (config.model.requested?.source ?? "default") : "--model";
  if (model.pin !== null) return `${origin}, ${config.model.pins[model.pin]?.source ?? ""}`;
  const override =
    model.decision === "override" && model.model !== null ? config.model.overrides.get(model.model.id) : undefined;
  return override === undefined ? origin : `${origin}, ${override.source}`;
}

function writeRequest(
  config: Config,
  endpoint: Endpoint,
  model: ResolvedModel,
  stream: boolean,
): PlannedRequest | null {
  const { provider, baseUrl } = endpoint;
  if (baseUrl === null || provider === "vertex") return null;
  const onBedrock = provider === "bedrock";
  const cached = config.caching.enabled.value && !isUncached(config, model);
  const ttl = cached ? config.caching.ttl.value : null;

  const betas = model.needs1mBeta ? [CONTEXT_BETA] : [];
  if (ttl === "1h" && !onBedrock && !config.disableExperimentalBetas) betas.push(EXTENDED_CACHE_BETA);
  // Bedrock is sent only the betas that the client knows it accepts.
  const offered =
    onBedrock || provider === "mantle" ? config.betas.filter((beta) => BEDROCK_BETAS.has(beta)) : config.betas;
  betas.push(...offered.filter((beta) => !betas.includes(beta)));
  const inBody = onBedrock ? betas : [];
  const inHeader = onBedrock ? [] : betas;

  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/json",
    "anthropic-version": API_VERSION,
    ...Object.fromEntries(configuredHeaders(config, endpoint)),
  };
  if (inHeader.length > 0) headers["anthropic-beta"] = inHeader.join(",");

  // The client writes Bedrock's path in place of that of the Messages API, where it finds it at the end of the path.
  const inPath = onBedrock && !BEHIND_PATH.test(baseUrl.value);
  const path = inPath
    ? `/model/${encodeModelPath(model.id, { colon: "raw" })}/${stream ? "invoke-with-response-stream" : "invoke"}`
    : "/v1/messages?beta=true";
  return {
    method: "POST",
    url: formatUrl(baseUrl.value + path),
    headers,
    signing: sign(config, endpoint.authentication),
    body: {
      model: inPath ? null : model.id,
      anthropic_version: onBedrock ? BEDROCK_VERSION : null,
      anthropic_beta: inBody,
      stream: onBedrock ? null : stream,
    },
    promptCaching: { enabled: cached, ttl },
  };
}

/** What a query or a fragment of a base URL begins with: whatever is appended becomes a part of it. */
const BEHIND_PATH = /[?#]/;

/** Writes a URL as the client does, which writes its query anew. */
function formatUrl(text: string): string {
  const url = new URL(text);
  const fields = Object.entries(Object.fromEntries(url.searchParams));
  url.search = fields.map((field) => field.map(encodeURIComponent).join("=")).join("&");
  return url.href;
}

function sign(config: Config, authentication: Authentication): PlannedSignature | null {
  if (authentication.method !== "sigv4" || config.region === null) return null;
  const { service, credentials } = authentication;
  return {
    service,
    region: config.region.value,
    accessKeyId: credentials?.accessKeyId ?? null,
    secretAccessKey: credentials?.secretAccessKey ?? null,
    // It is sent in a header, which has no space around it.
    sessionToken: credentials?.sessionToken?.trim() ?? null,
  };
}

// If these providers are asked for an alias, the client may fall back to an older model of the family.
const FALLING_BACK: ReadonlySet<string> = /* @__PURE__ */ new Set(["bedrock", "foundry"]);

/** Says whether the switch of a family turns caching off for a model: the switch is for the model that the alias means. */
function isUncached(config: Config, model: ResolvedModel): boolean {
  return config.caching.disabledFamilies.some((family) => {
    const ofFamily = model.family === family;
    if (ofFamily && family === "fable") return true;
    const pinned = config.model.pins[family] !== null;
    if (ofFamily && family !== "haiku" && !pinned && FALLING_BACK.has(config.provider)) return true;
    const meant = resolveModel(family, describeModels(config, []));
    const [left, right] = [meant, model].map(({ id, model: known }) => (known === null ? id : known.id));
    return left === right;
  });
}

function planControlPlane(
  config: Config,
  asked: Endpoint | null,
  model: ResolvedModel,
): { requests: readonly string[]; origin: string } | null {
  // What is asked for at the start is asked for before anything stops the request.
  const lists = config.start === null ? asked !== null : config.start.listsProfiles;
  const listed = lists ? findControlPlane(config.start ?? config) : null;
  const requests = listed === null ? [] : [`GET ${listed.path}/inference-profiles?type=SYSTEM_DEFINED`];
  const lookUp = asked?.provider === "bedrock" ? model.lookUp : null;
  const lookedUp = lookUp === null ? null : findControlPlane(config);
  if (lookUp !== null && lookedUp !== null) {
    requests.push(`GET ${lookedUp.path}/inference-profiles/${encodeModelPath(lookUp)}`);
  }
  const origin = (listed ?? lookedUp)?.origin;
  return origin === undefined ? null : { requests, origin };
}
