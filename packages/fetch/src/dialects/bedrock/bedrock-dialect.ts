import { encodeModelPath } from "@claude-on-aws/bedrock";
import { remember } from "../../translate/remember.ts";
import { type Header, withHeaders } from "../../header.ts";
import type { ApiRequest, Dialect, PreparedRequest, Refusal, Translation } from "../../translate/translation.ts";
import type { ChosenModel } from "../rewrite-model.ts";
import { answerInvocation, EVENT_STREAM } from "./answer-invocation.ts";
import { answerCount, findCountingId, writeCount } from "./count-tokens.ts";
import { answerModel, answerModels, writeListQuery } from "./list-models.ts";
import type { UnknownBetas } from "./translate-betas.ts";
import { writeInvocation } from "./write-invocation.ts";

/** What {@link createBedrockDialect} is given. */
export interface BedrockDialectOptions {
  /** Base URL of the runtime, without a slash at its end: `https://bedrock-runtime.us-east-1.amazonaws.com`. */
  readonly baseUrl: string;
  /** Base URL of the control plane, which lists profiles; null where it is not known. */
  readonly controlUrl: string | null;
  /** Headers that the configuration adds; they take the place of the client's own. */
  readonly headers: readonly Header[];
  /** Says what a model is asked for by on Amazon Bedrock: an ID, a profile, an ARN; and which betas that brings. */
  readonly chooseModel: (asked: string) => ChosenModel;
  /**
   * What becomes of a beta that no table has.
   *
   * @default {"drop"}
   */
  readonly unknownBetas?: UnknownBetas | undefined;
  /**
   * How long Amazon Bedrock may be silent in a stream before the client is sent a ping, in milliseconds; it sends none itself.
   *
   * @default {15_000}
   */
  readonly pingIntervalMs?: number | undefined;
}

/** As `@claude-on-aws/fetch` sends them where nothing else is said. */
const PING_INTERVAL_MS = 15_000;

/** Headers of the Messages API that Amazon Bedrock reads in the body. */
const IN_BODY: ReadonlySet<string> = /* @__PURE__ */ new Set(["anthropic-version", "anthropic-beta"]);

/** The routes of Amazon Bedrock that its clients ask for, behind whatever base URL. */
const NATIVE_PATH = /\/(?:model\/[^/]+\/[a-z-]+|(?:inference-profiles|foundation-models)(?:\/[^/]+)?)$/;
const INVOKED = /^\/model\/([^/]+)\//;

type Asked = readonly [request: ApiRequest, match: string];
type Prepare = (...asked: Asked) => PreparedRequest | Refusal;

/**
 * Makes what speaks the Messages API to its clients and InvokeModel to Amazon Bedrock.
 *
 * @param options Where, and which model.
 * @returns The dialect.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html | InvokeModel}
 */
export function createBedrockDialect(options: BedrockDialectOptions): Dialect {
  const { baseUrl, controlUrl, chooseModel, unknownBetas = "drop", pingIntervalMs = PING_INTERVAL_MS } = options;

  const routes: readonly (readonly [method: string, path: RegExp, prepare: Prepare])[] = [
    ["POST", /^\/v1\/messages$/, invoke],
    ["POST", /^\/v1\/messages\/count_tokens$/, count],
    ["GET", /^\/v1\/models$/, list],
    ["GET", /^\/v1\/models\/([^/]+)$/, get],
  ];

  return { provider: "bedrock", streamsUploads: false, prepare };

  function prepare(request: ApiRequest): PreparedRequest | Refusal {
    const native = request.path === null ? passOn(request) : undefined;
    if (native !== undefined) return native;
    for (const [method, path, write] of routes) {
      const match = request.method === method ? path.exec(request.path ?? "") : null;
      if (match !== null) return write(request, match[1] ?? "");
    }
    return refuse(
      404,
      "not_found_error",
      "ROUTE_NOT_ON_BEDROCK",
      `Cannot send ${request.method} ${request.path ?? request.pathname} to Amazon Bedrock: it has no such route; expected /v1/messages, /v1/messages/count_tokens or /v1/models. Batches and files are on Claude Platform on AWS`,
    );
  }

  /** What is written for Amazon Bedrock already goes there as it is; `undefined` where it is not. */
  function passOn(request: ApiRequest): PreparedRequest | undefined {
    const path = NATIVE_PATH.exec(request.pathname)?.[0];
    const origin = path?.startsWith("/model/") === true ? baseUrl : controlUrl;
    if (path === undefined || origin === null) return undefined;
    const [, model = null] = INVOKED.exec(path) ?? [];
    return {
      method: request.method,
      url: urlOf(origin + path + request.query),
      headers: withHeaders(request.headers, options.headers),
      body: request.body,
      translations: [],
      model: model === null ? null : decode(model),
      messageType: null,
      answer: (answer) => answer,
    };
  }

  function invoke(request: ApiRequest): PreparedRequest | Refusal {
    const written = writeBody(request);
    if ("status" in written) return written;
    const stream = request.fields.stream?.value === true;
    const path = `/model/${encodePath(written.model)}/${stream ? "invoke-with-response-stream" : "invoke"}`;
    return {
      method: "POST",
      url: urlOf(baseUrl + path),
      headers: writeHeaders(request.headers, options.headers),
      body: written.body,
      translations: [moved(request, path), ...written.translations],
      model: written.model,
      messageType: stream ? EVENT_STREAM : "application/json",
      answer: (answer) => answerInvocation(answer, { pingIntervalMs }),
    };
  }

  function count(request: ApiRequest): PreparedRequest | Refusal {
    const written = writeBody(request);
    if ("status" in written) return written;
    const id = findCountingId(written.model);
    if (id === undefined) {
      return refuse(
        501,
        "not_supported",
        "COUNT_NOT_ON_BEDROCK",
        `Cannot count tokens: Amazon Bedrock counts for no ID of ${JSON.stringify(written.model)} that is known; expected a model of 4.5 or 4.6. Counting is on Claude Platform on AWS and on Bedrock's Messages endpoint, and nothing is estimated here`,
      );
    }
    const path = `/model/${encodePath(id)}/count-tokens`;
    return {
      method: "POST",
      url: urlOf(baseUrl + path),
      headers: writeHeaders(request.headers, options.headers),
      body: writeCount(written.body),
      translations: [moved(request, path), ...written.translations],
      model: id,
      messageType: null,
      answer: answerCount,
    };
  }

  function writeBody({
    headers,
    body,
    fields,
  }: ApiRequest): { model: string; body: Uint8Array; translations: readonly Translation[] } | Refusal {
    const requested = fields.model?.value ?? null;
    if (requested === null || !(body instanceof Uint8Array)) {
      return refuse(
        400,
        "invalid_request_error",
        "MODEL_MISSING",
        'Cannot send the request: its body names no model; expected a JSON object with "model"',
      );
    }
    const model = chooseModel(requested);
    const betas = [
      ...headers.filter(([name]) => name === "anthropic-beta").flatMap(([, value]) => splitList(value)),
      ...model.betas,
    ];
    const { longStrings } = fields;
    return { model: model.id, ...writeInvocation(body, { betas, unknownBetas, model: model.id, longStrings }) };
  }

  function list(request: ApiRequest): PreparedRequest | Refusal {
    return control(request, `/inference-profiles${writeListQuery(new URLSearchParams(request.query))}`, answerModels);
  }

  function get(request: ApiRequest, name: string): PreparedRequest | Refusal {
    const { id } = chooseModel(decode(name));
    return control(request, `/inference-profiles/${encodeModelPath(id)}`, answerModel);
  }

  function control(request: ApiRequest, path: string, answer: PreparedRequest["answer"]): PreparedRequest | Refusal {
    if (controlUrl === null) {
      return refuse(
        501,
        "not_supported",
        "CONTROL_PLANE_UNKNOWN",
        "Cannot list models: with a base URL of its own Amazon Bedrock's control plane is not known; set AWS_ENDPOINT_URL_BEDROCK",
      );
    }
    return {
      method: "GET",
      url: urlOf(controlUrl + path),
      headers: writeHeaders(request.headers, options.headers),
      body: null,
      translations: [moved(request, path)],
      model: null,
      messageType: null,
      answer,
    };
  }
}

const urlOf = /* @__PURE__ */ remember((url) => new URL(url));

const encodePath = /* @__PURE__ */ remember((model) => encodeModelPath(model, { colon: "raw" }));

const refuse = (status: number, type: string, code: string, message: string): Refusal => ({
  status,
  type,
  code,
  message,
});

const splitList = (value: string): string[] =>
  value
    .split(",")
    .map((flag) => flag.trim())
    .filter((flag) => flag !== "");

function writeHeaders(given: readonly Header[], own: readonly Header[]): readonly Header[] {
  return withHeaders(
    given.filter(([name]) => !IN_BODY.has(name)),
    own,
  );
}

const moved = ({ path, query }: ApiRequest, place: string): Translation => ({
  action: "set",
  subject: "path",
  place: null,
  before: `${path ?? ""}${query}`,
  after: place,
  reason: "Amazon Bedrock has the operation there",
  range: null,
});

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
