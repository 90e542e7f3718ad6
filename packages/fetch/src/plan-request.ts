import { encodeModelPath } from "@claude-on-aws/bedrock";
import { formatServiceHost } from "@claude-on-aws/endpoints";
import type { Authentication, Config, Endpoint, Problem } from "@claude-on-aws/env";
import { resolveModel, type ResolvedModel, type ResolveModelOptions } from "@claude-on-aws/models";
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
const CONTEXT_1M_BETA = "context-1m-2025-08-07";
const EXTENDED_CACHE_BETA = "extended-cache-ttl-2025-04-11";

// What Bedrock is known to take, in the body of InvokeModel and in the header of the Messages endpoint.
const BEDROCK_BETAS: ReadonlySet<string> = new Set([
  CONTEXT_1M_BETA,
  "interleaved-thinking-2025-05-14",
  "tool-search-tool-2025-10-19",
]);

const CUSTOM_HEADERS_VARIABLE = "ANTHROPIC_CUSTOM_HEADERS";
const OVERWRITTEN_HEADERS: ReadonlySet<string> = new Set(["anthropic-beta", "content-type"]);

// How Bedrock's Messages endpoint writes ids: a vendor, no geography, no revision.
const MANTLE_ID = /^anthropic\.[A-Za-z0-9-]+$/;
const REVISION = /-v[0-9]+$/;

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
 * @param config What the environment says, from `resolveConfig`.
 * @param options The model and what the account lists.
 * @returns The request (null if the client refuses), the calls before it, and every problem found.
 * @throws {BedrockError} `MODEL_PATH_ENCODING` if the name of a model for Bedrock holds half a surrogate pair.
 *
 * @see Observed in Claude Code 2.1.329.
 */
export function planRequest(config: Config, options: PlanRequestOptions = {}): RequestPlan {
  const { stream = true, inferenceProfiles = [] } = options;
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
  const controlPlane =
    request === null || config.provider !== "bedrock" ? null : planControlPlane(config, endpoint, model);
  return {
    provider: endpoint.provider,
    model: {
      requested: requested ?? "default",
      id: model.id,
      source: describeSource(config, asked, model),
      context1m: model.context1m,
    },
    request,
    controlPlane: controlPlane?.requests ?? [],
    controlPlaneOrigin: controlPlane?.origin ?? null,
    problems,
  };
}

// What is wrong with Bedrock does not stop a request to Mantle beside it, nor the reverse.
function problemsOf(config: Config, endpoint: Endpoint): readonly Problem[] {
  const [first] = config.endpoints;
  if (endpoint === first) return config.problems;
  return [...config.problems.filter((problem) => !first.problems.includes(problem)), ...endpoint.problems];
}

function describeModels(config: Config, inferenceProfiles: readonly string[]): ResolveModelOptions {
  const { pins, overrides, regionPrefix, disable1mContext, keepRetiredModels } = config.model;
  return {
    provider: config.provider,
    region: config.region?.value,
    pins: {
      fable: pins.fable?.value,
      opus: pins.opus?.value,
      sonnet: pins.sonnet?.value,
      haiku: pins.haiku?.value,
    },
    overrides: new Map([...overrides].map(([id, { value }]) => [id, value])),
    inferenceProfiles,
    regionPrefix: regionPrefix?.value,
    disable1mContext: disable1mContext.value,
    keepRetiredModels,
    clientVersion: config.clientVersion,
  };
}

function chooseEndpoint(config: Config, modelId: string): Endpoint {
  const beside = config.endpoints[1];
  const isMantleId = MANTLE_ID.test(modelId) && !REVISION.test(modelId);
  return beside !== undefined && isMantleId ? beside : config.endpoints[0];
}

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

  const betas = model.needs1mBeta ? [CONTEXT_1M_BETA] : [];
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
  };
  if (config.workspaceId !== null && provider === "anthropic-aws") {
    headers["anthropic-workspace-id"] = config.workspaceId.value;
  }
  Object.assign(headers, authenticationHeaders(endpoint.authentication));
  const { method: authenticated, source } = endpoint.authentication;
  const authorizes = authenticated !== "none" && !source.startsWith(CUSTOM_HEADERS_VARIABLE);
  for (const [name, value] of config.customHeaders) {
    // The client's own betas, content type and authorization override what is given this way.
    if (OVERWRITTEN_HEADERS.has(name) || (name === "authorization" && authorizes)) continue;
    headers[name] = value;
  }
  if (onBedrock && config.serviceTier !== null) headers["x-amzn-bedrock-service-tier"] = config.serviceTier.value;
  if (inHeader.length > 0) headers["anthropic-beta"] = inHeader.join(",");

  const path = onBedrock
    ? `/model/${encodeModelPath(model.id, { colon: "raw" })}/${stream ? "invoke-with-response-stream" : "invoke"}`
    : "/v1/messages?beta=true";
  return {
    method: "POST",
    url: new URL(baseUrl.value + path).href,
    headers,
    signing: sign(config, endpoint.authentication),
    body: {
      model: onBedrock ? null : model.id,
      anthropic_version: onBedrock ? BEDROCK_VERSION : null,
      anthropic_beta: inBody,
      stream: onBedrock ? null : stream,
    },
    promptCaching: { enabled: cached, ttl },
  };
}

function authenticationHeaders(authentication: Authentication): Record<string, string> {
  const headers: Record<string, string> = {};
  if (authentication.method === "bearer" || authentication.method === "both") {
    if (authentication.token !== null) headers["authorization"] = `Bearer ${authentication.token}`;
  }
  if (authentication.method === "api-key" || authentication.method === "both") {
    if (authentication.key !== null) headers["x-api-key"] = authentication.key;
  }
  return headers;
}

function sign(config: Config, authentication: Authentication): PlannedSignature | null {
  if (authentication.method !== "sigv4" || config.region === null) return null;
  const { service, credentials } = authentication;
  return {
    service,
    region: config.region.value,
    accessKeyId: credentials?.accessKeyId ?? null,
    secretAccessKey: credentials?.secretAccessKey ?? null,
    sessionToken: credentials?.sessionToken ?? null,
  };
}

// If these providers are asked for an alias, the client may fall back to an older model of the family.
const FALLING_BACK: ReadonlySet<string> = new Set(["bedrock", "foundry"]);

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
  endpoint: Endpoint,
  model: ResolvedModel,
): { requests: readonly string[]; origin: string } | null {
  const region = config.region?.value ?? "us-east-1";
  const given = config.controlPlaneUrl?.value ?? "";
  const url = URL.canParse(given)
    ? given
    : `https://${formatServiceHost({ provider: "bedrock", plane: "control", region })}`;
  // An old client accepts any text as a region, and some make no host.
  if (!URL.canParse(url)) return null;
  const base = new URL(url);
  // A slash at the end is kept here, unlike for inference.
  const path = base.pathname === "/" ? "" : base.pathname;
  const requests = [`GET ${path}/inference-profiles?type=SYSTEM_DEFINED`];
  if (model.lookUp !== null && endpoint.provider === "bedrock") {
    requests.push(`GET ${path}/inference-profiles/${encodeModelPath(model.lookUp)}`);
  }
  return { requests, origin: base.origin };
}
