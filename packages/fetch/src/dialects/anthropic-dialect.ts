import type { AwsProvider } from "@claude-on-aws/endpoints";
import { type Header, withHeaders } from "../header.ts";
import type { ApiRequest, Dialect, PreparedRequest, Translation } from "../translate/translation.ts";
import { remember } from "../translate/remember.ts";
import { pathUnknown } from "./path-unknown.ts";

/** What was changed of a request before it is written for a service. */
export interface Rewritten extends Pick<ApiRequest, "headers" | "body"> {
  /** The model that the service is asked for; null where the request names none. */
  readonly model: string | null;
  readonly translations: readonly Translation[];
}

/** What {@link createAnthropicDialect} is told. */
export interface AnthropicDialectOptions {
  readonly provider: Exclude<AwsProvider, "bedrock">;
  /** Without a slash at its end; the path of the Messages API is written behind it. */
  readonly baseUrl: string;
  /** Headers that the configuration adds; they take the place of the client's own. */
  readonly headers: readonly Header[];
  /** Names the model for the service; left out, each goes as the client wrote it. */
  readonly rewrite?: ((request: ApiRequest) => Rewritten) | undefined;
}

/**
 * Makes the dialect of a service that speaks the Messages API itself. Of a body nothing is changed but the bytes of `model`, and
 * those only where the service calls it otherwise.
 *
 * @param options Which service, where, and what the configuration adds.
 * @returns The dialect.
 */
export function createAnthropicDialect(options: AnthropicDialectOptions): Dialect {
  const { provider, baseUrl, rewrite = unchanged } = options;
  return {
    provider,
    // Claude Platform on AWS takes what the official client sends: uploads with a body that is not signed.
    streamsUploads: provider === "anthropic-aws",
    prepare: (request) => (request.path === null ? pathUnknown(request) : prepare(request, request.path)),
  };

  function prepare(request: ApiRequest, path: string): PreparedRequest {
    const { headers, body, model, translations } = rewrite(request);
    return {
      method: request.method,
      url: urlOf(baseUrl + path + request.query),
      headers: withHeaders(headers, options.headers),
      body,
      translations,
      model,
      messageType: path === "/v1/messages" ? messageTypeOf(request) : null,
      answer: asItIs,
    };
  }
}

const urlOf = /* @__PURE__ */ remember((url) => new URL(url));

const asItIs: PreparedRequest["answer"] = (answer) => answer;

const messageTypeOf = ({ fields }: ApiRequest): string =>
  fields.stream?.value === true ? "text/event-stream" : "application/json";

const unchanged = ({ headers, body, fields }: ApiRequest): Rewritten => ({
  headers,
  body,
  model: fields.model?.value ?? null,
  translations: [],
});
