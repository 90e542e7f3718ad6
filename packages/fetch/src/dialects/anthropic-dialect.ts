import type { AwsProvider } from "@claude-on-aws/endpoints";
import { editBody } from "../body/edit-body.ts";
import type { ApiRequest, Dialect, Header, PreparedRequest, Translation } from "../translate/translation.ts";
import { pathUnknown } from "./path-unknown.ts";

/** The model that a service is asked for in place of the one that the client named. */
export interface ChosenModel {
  /** The id that the service takes. */
  readonly id: string;
  /** Why it is another one than the client's, in words that follow "because". */
  readonly reason: string;
  /** Values of `anthropic-beta` that the request needs for what the client asked for, such as `opus[1m]`. */
  readonly betas: readonly string[];
}

/** What {@link createAnthropicDialect} is told. */
export interface AnthropicDialectOptions {
  readonly provider: Exclude<AwsProvider, "bedrock">;
  /** Without a slash at its end; the path of the Messages API is written behind it. */
  readonly baseUrl: string;
  /** Headers that the configuration adds; they take the place of the client's own. */
  readonly headers: readonly Header[];
  /** Names the model for the service; left out, each goes as the client wrote it. */
  readonly chooseModel?: ((asked: string) => ChosenModel) | undefined;
}

const MESSAGES = /^\/v1\/messages(?:\/count_tokens)?$/;

/**
 * Makes the dialect of a service that speaks the Messages API itself. Of a body nothing is changed but the bytes of `model`, and
 * those only where the service calls it otherwise.
 *
 * @param options Which service, where, and what the configuration adds.
 * @returns The dialect.
 */
export function createAnthropicDialect(options: AnthropicDialectOptions): Dialect {
  const { provider, baseUrl } = options;
  return {
    provider,
    // Claude Platform on AWS takes what the official client sends: uploads with a body that is not signed.
    streamsUploads: provider === "anthropic-aws",
    prepare: (request) => (request.path === null ? pathUnknown(request) : prepare(request, request.path)),
  };

  function prepare(request: ApiRequest, path: string): PreparedRequest {
    const translations: Translation[] = [];
    const { body, model, betas } = MESSAGES.test(path) ? withModel(request, options, translations) : unchanged(request);
    const headers = withHeaders(request.headers, options.headers, betas, translations);
    return {
      method: request.method,
      url: new URL(baseUrl + path + request.query),
      headers,
      body,
      translations,
      model,
      isMessageStream: path === "/v1/messages",
      answer: (response) => response,
    };
  }
}

type Body = Pick<PreparedRequest, "body" | "model"> & { readonly betas: readonly string[] };

const unchanged = ({ body, fields }: ApiRequest): Body => ({ body, model: fields.model?.value ?? null, betas: [] });

/** The body with the model that the service is asked for. */
function withModel(request: ApiRequest, options: AnthropicDialectOptions, translations: Translation[]): Body {
  const { body, fields } = request;
  const asked = fields.model?.value ?? null;
  if (asked === null || fields.model === null || options.chooseModel === undefined || !(body instanceof Uint8Array)) {
    return unchanged(request);
  }
  const { id, reason, betas } = options.chooseModel(asked);
  if (id === asked) return { body, model: id, betas };
  const { start, end } = fields.model;
  const edited = editBody(body, [{ start, end, json: JSON.stringify(id) }]);
  const [range = null] = edited.ranges;
  translations.push({ action: "set", subject: "body.model", place: null, before: asked, after: id, reason, range });
  return { body: edited.body, model: id, betas };
}

const BETA = "anthropic-beta";

function withHeaders(
  given: readonly Header[],
  own: readonly Header[],
  betas: readonly string[],
  translations: Translation[],
): readonly Header[] {
  const headers = new Map(given);
  for (const [name, value] of own) headers.set(name, value);
  const before = headers.get(BETA) ?? null;
  const there = new Set(before?.split(",").map((beta) => beta.trim()));
  const missing = betas.filter((beta) => !there.has(beta));
  if (missing.length > 0) {
    const after = [...(before === null ? [] : [before]), ...missing].join(",");
    headers.set(BETA, after);
    const reason = "the model was asked for with a context window of 1M tokens";
    translations.push({ action: "set", subject: `header.${BETA}`, place: null, before, after, reason, range: null });
  }
  return [...headers];
}
