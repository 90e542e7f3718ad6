import { Buffer } from "node:buffer";
import { findCapabilities, MODEL_CAPABILITIES, type ModelCapabilities } from "@claude-on-aws/models";
import type { RouteOperation } from "../../terms/gateway-route.ts";
import { NO_USAGE, type Usage } from "../../terms/usage.ts";
import type { SpendBound, UnseenWork } from "../budget-keeper.ts";
import { costOf, type PriceConditions } from "../cost/cost-of.ts";
import { type BodyScan, scanBody } from "./scan-body.ts";
import { growText, type TextGrowth } from "./text-growth.ts";

/** A request whose cost is bounded before it is sent. */
export interface BoundedRequest {
  readonly operation: RouteOperation;
  /** As received; null where it has none. */
  readonly body: Uint8Array | null;
  /** The model as the service will be asked for it. Of a batch, each request names its own, and this one stands in for those that do not. */
  readonly model: string;
  /** What else the service may be asked for, where another upstream may take the place of the first: the dearest counts. */
  readonly otherModels?: readonly string[] | undefined;
}

/** What costs nothing. */
export const FREE_BOUND: SpendBound = { inputTokens: 0, outputTokens: 0, microUsd: 0 };

/** Operations that make a model write. Counting, listing and files cost nothing. */
const BILLED: ReadonlySet<RouteOperation> = /* @__PURE__ */ new Set<RouteOperation>([
  "CreateMessage",
  "InvokeModel",
  "InvokeModelWithResponseStream",
  "Converse",
  "ConverseStream",
  "Batches",
]);

/** No model takes or writes more; of one that is unknown, the most that is known of any. */
const LARGEST_CONTEXT = /* @__PURE__ */ Math.max(
  ...MODEL_CAPABILITIES.map(({ contextTokens }) => (contextTokens === "unknown" ? 0 : contextTokens)),
);
const LARGEST_OUTPUT = /* @__PURE__ */ Math.max(
  ...MODEL_CAPABILITIES.map(({ maxOutputTokens }) => (maxOutputTokens === "unknown" ? 0 : maxOutputTokens)),
);
/** A service refuses whoever asks for more; it only keeps sums exact. */
const MOST_OUTPUT = 100_000_000;

/**
 * Says what a request can cost at most, from its body as received. It never says too little of what can be told from a body: no
 * token has less than a byte of text, what JSON writes of a text is never shorter, an image has a most. A body that names what
 * stands elsewhere (a document, an address, a file, a tool that the service runs, an MCP server, a container) is given the model's
 * whole context, written to a cache for an hour, which is the dearest. Such a tool may read the context more than once in a request:
 * what it really took is settled afterwards.
 *
 * @example Usage
 * ```ts
 * import { boundSpend } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const body = new TextEncoder().encode(
 *   '{"model":"claude-opus-5-5","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}',
 * );
 * const bound = boundSpend({ operation: "CreateMessage", body, model: "claude-opus-5-5" });
 *
 * equal(bound.inputTokens, body.length);
 * equal(bound.outputTokens, 100);
 * ```
 *
 * @param request What is asked for.
 * @returns The most that it can cost; nothing for what is not billed. A model that is not in the table costs as much as the dearest.
 */
export function boundSpend({ operation, body, model, otherModels = [] }: BoundedRequest): SpendBound {
  if (!BILLED.has(operation) || body === null || body.length === 0) return FREE_BOUND;
  const scan = scanBody(body, operation === "Converse" || operation === "ConverseStream");
  if (operation !== "Batches") return boundBody(body, scan, [model, ...otherModels]);
  if (scan.parts.length === 0) return FREE_BOUND;
  return scan.parts
    .map(({ start, end }) => {
      const part = body.subarray(start, end);
      const ofPart = scanBody(part, false);
      return boundBody(part, ofPart, [ofPart.model ?? model]);
    })
    .reduce((sum, bound) => ({
      inputTokens: sum.inputTokens + bound.inputTokens,
      outputTokens: sum.outputTokens + bound.outputTokens,
      microUsd: sum.microUsd + bound.microUsd,
    }));
}

function boundBody(body: Uint8Array, scan: BodyScan, models: readonly string[]): SpendBound {
  const growth = growText(body);
  const conditions: PriceConditions = {
    fast: scan.isFast,
    inferenceGeo: scan.inferenceGeo,
    ...(scan.otherModels.length > 0 && { otherModels: scan.otherModels }),
  };
  const bounds = [...new Set([...models, ...scan.otherModels])].map((model) =>
    boundForModel(body, { scan, growth, conditions }, model),
  );
  const most = (name: "inputTokens" | "outputTokens" | "microUsd"): number =>
    Math.max(...bounds.map((bound) => bound[name]));
  return {
    inputTokens: most("inputTokens"),
    outputTokens: most("outputTokens"),
    microUsd: most("microUsd"),
    conditions,
    unseen: findUnseen(scan, [...models, ...scan.otherModels]),
  };
}

/** Even where thinking streams, it is a summary of what is paid for. */
function findUnseen({ hasFurtherWork, thinking }: BodyScan, models: readonly string[]): UnseenWork {
  if (hasFurtherWork) return "anything";
  const thinks = thinking === "on" || (thinking === "unsaid" && models.some(mayThinkUnasked));
  return thinks ? "output" : "nothing";
}

/** A model that takes a budget for thinking, or none of its forms, thinks only where it is asked to; of others it cannot be told. */
function mayThinkUnasked(model: string): boolean {
  const forms = capabilitiesOf(model)?.thinking;
  return forms === undefined || !(forms.enabled === "taken" || forms.adaptive === "refused");
}

const capabilitiesOf = (model: string): ModelCapabilities | undefined =>
  findCapabilities(model) ?? findCapabilities(model.slice(model.lastIndexOf("/") + 1));

interface ReadBody {
  readonly scan: BodyScan;
  readonly growth: TextGrowth;
  readonly conditions: PriceConditions;
}

/** What a body costs at most, where a model answers it. */
function boundForModel(body: Uint8Array, { scan, growth, conditions }: ReadBody, model: string): SpendBound {
  const capabilities = capabilitiesOf(model);
  const { contextTokens = "unknown", contextBeta = "unknown", maxOutputTokens = "unknown" } = capabilities ?? {};
  const context = contextTokens === "unknown" || contextBeta !== null ? LARGEST_CONTEXT : contextTokens;
  const isBounded = scan.isBounded && growth.bytes !== null;
  const textTokens = body.length - scan.imageBytes + (growth.bytes ?? 0);
  // Of an unknown model nobody says where its context ends: what can be told from the body is not cut off there.
  const bound = textTokens + scan.addedTokens;
  const inputTokens = !isBounded ? context : capabilities === undefined ? bound : Math.min(bound, context);
  const outputTokens = Math.min(
    Math.ceil(scan.maxTokens ?? (maxOutputTokens === "unknown" ? LARGEST_OUTPUT : maxOutputTokens)),
    MOST_OUTPUT,
  );
  const kind = isBounded ? cacheKindOf(body, growth.hasHiddenLetters) : "cacheWriteHourTokens";
  const usage: Usage = { ...NO_USAGE, [kind]: inputTokens, outputTokens, webSearches: scan.webSearches };
  return { inputTokens, outputTokens, microUsd: costOf(usage, model, conditions) };
}

/** The dearest way in which a body can be billed: without a mark nothing is written to a cache, and for an hour only where that is said. */
function cacheKindOf(body: Uint8Array, hasHiddenLetters: boolean): keyof Usage {
  if (hasHiddenLetters) return "cacheWriteHourTokens";
  const buffer = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (!buffer.includes("cache_control") && !buffer.includes("cachePoint")) return "inputTokens";
  return buffer.includes('"1h"') ? "cacheWriteHourTokens" : "cacheWriteTokens";
}
