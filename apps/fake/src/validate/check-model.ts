import { decodeModelPath } from "@claude-on-aws/bedrock";
import { isServedBare } from "@claude-on-aws/models";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Fault, fault } from "../terms/faults.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { regionOf } from "../exchange/region-of.ts";
import { canonicalId, findOnMessagesApi, isOnMantle } from "../models/served-models.ts";
import { adviseModels } from "../models/advise-models.ts";
import { type BedrockModel, resolveBedrockModel } from "../models/resolve-bedrock-model.ts";

/**
 * Checks whether the model that a request names is served, and under that name; notes which one it is.
 *
 * @returns A fault named `model-…` where it is not, `body-invalid` where it names none.
 */
export function checkModel(exchange: Exchange, settings: FakeSettings, state: FakeState): Verdict {
  const names = exchange.route.operation?.built?.model;
  if (names === "path" || names === "path-without-profile") return checkModelInPath(exchange, settings, state);
  if (exchange.input === undefined || names === undefined) return "not-applicable";
  if (names === "body-with-profile") return checkModelOfRuntime(exchange, exchange.input["model"], settings, state);
  return checkModelInBody(exchange, exchange.input["model"], settings);
}

/** The runtime's Messages API names a model in the body as the other routes of the runtime name it in the path. */
function checkModelOfRuntime(
  exchange: Exchange,
  requested: unknown,
  settings: FakeSettings,
  state: FakeState,
): Verdict {
  if (requested === undefined) return fault("body-invalid", "model: Field required");
  if (typeof requested !== "string") return fault("body-invalid", "model: Input should be a valid string");
  const resolve = resolver(exchange, settings, state);
  const resolved = resolve(encodeURIComponent(requested));
  if (resolved === undefined) return unknownOnBedrock(requested, exchange, settings, resolve);
  exchange.model = { requested, model: canonicalId(resolved.model) };
  return undefined;
}

const MANTLE_PREFIX = "anthropic.";

function checkModelInBody(exchange: Exchange, requested: unknown, { models, facts }: FakeSettings): Verdict {
  if (requested === undefined) return fault("body-invalid", "model: Field required");
  if (typeof requested !== "string") return fault("body-invalid", "model: Input should be a valid string");
  const mantle = exchange.route.provider === "mantle";
  const id = mantle ? withoutPrefix(requested) : requested;
  const served = id === undefined ? undefined : findOnMessagesApi(id, models);
  if (served === undefined || (mantle && !facts.everyModelOnMantle && !isOnMantle(served))) {
    const isTaken = (each: string): boolean => {
      const known = findOnMessagesApi(withoutPrefix(each) ?? each, models);
      return known !== undefined && (!mantle || facts.everyModelOnMantle || isOnMantle(known));
    };
    const advice = adviseModels(requested, { provider: mantle ? "mantle" : "anthropic-aws", region: null }, isTaken);
    return mantle ? notOnMantle(requested, facts, advice) : fault("model-unknown", `model: ${requested}`, advice);
  }
  exchange.model = { requested, model: canonicalId(served) };
  return undefined;
}

/**
 * The words of the service, measured on 2026-08-31 with `global.anthropic.claude-sonnet-5` by prime-radiant-inc/evener.
 */
function notOnMantle(
  requested: string,
  { unknownModelStatusOnMantle: status }: Facts,
  advice: Pick<Fault, "fix">,
): Fault {
  const more = { ...advice, status, ...(status === 404 ? { errorType: "not_found_error" } : {}) };
  return fault("model-not-served", `The model '${requested}' does not exist`, more);
}

const withoutPrefix = (id: string): string | undefined =>
  id.startsWith(MANTLE_PREFIX) ? id.slice(MANTLE_PREFIX.length) : undefined;

type Resolve = (segment: string) => BedrockModel | undefined;

/** Finds the models of Bedrock as the request would. */
function resolver(exchange: Exchange, settings: FakeSettings, { resources }: FakeState): Resolve {
  const from = { region: regionOf(exchange, settings), hostRegion: settings.region ?? exchange.route.hostRegion };
  return (segment) => resolveBedrockModel(segment, settings, from, resources);
}

/** Whether an invocation takes a model under the name by which it was found, or only through a profile. */
function isInvokable({ model, throughProfile }: BedrockModel, exchange: Exchange, settings: FakeSettings): boolean {
  if (throughProfile || model.onDemand || exchange.route.operation?.built?.model !== "path") return true;
  return isServedBare(model.bedrockId, regionOf(exchange, settings) ?? null);
}

function adviseOnBedrock(
  requested: string,
  exchange: Exchange,
  settings: FakeSettings,
  resolve: Resolve,
): Pick<Fault, "fix"> {
  return adviseModels(requested, { provider: "bedrock", region: regionOf(exchange, settings) ?? null }, (id) => {
    const found = resolve(encodeURIComponent(id));
    return found !== undefined && isInvokable(found, exchange, settings);
  });
}

const unknownOnBedrock = (...about: Parameters<typeof adviseOnBedrock>): Fault =>
  fault("model-unknown", "The provided model identifier is invalid.", adviseOnBedrock(...about));

function checkModelInPath(exchange: Exchange, settings: FakeSettings, state: FakeState): Verdict {
  const segment = exchange.route.parameters["modelId"] ?? "";
  const resolve = resolver(exchange, settings, state);
  const resolved = resolve(segment);
  if (resolved === undefined) return unknownOnBedrock(decoded(segment), exchange, settings, resolve);
  const { model, requested } = resolved;
  if (!isInvokable(resolved, exchange, settings)) {
    return fault(
      "model-needs-profile",
      `Invocation of model ID ${requested} with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
      adviseOnBedrock(requested, exchange, settings, resolve),
    );
  }
  exchange.model = { requested, model: canonicalId(model) };
  return undefined;
}

/** The name of a model as it was meant, where its encoding can be read. */
function decoded(segment: string): string {
  try {
    return decodeModelPath(segment);
  } catch {
    return segment;
  }
}
