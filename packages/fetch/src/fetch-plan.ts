import { redactHeader, redactUrl } from "@claude-on-aws/endpoints";
import { isRefusal, type PreparedRequest, type Refusal, type Translation } from "./translate/translation.ts";

/** What would be sent for a request, secrets hidden. */
export interface FetchPlan {
  /** What would be sent; null where nothing would be. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** By name in lower case; without what authentication and the connection add. */
    readonly headers: Readonly<Record<string, string>>;
    /** The bytes that would be sent; null for a stream, and where there are none. */
    readonly body: Uint8Array | null;
    readonly model: string | null;
  } | null;
  /** Every change between what the client asked for and what would be sent. */
  readonly translations: readonly Translation[];
  /** Why nothing would be sent; null where something would. */
  readonly refusal: Refusal | null;
}

/**
 * Writes down what a dialect made of a request.
 *
 * @param prepared What would be sent, or why nothing would be.
 * @returns The plan.
 */
export function planOf(prepared: PreparedRequest | Refusal): FetchPlan {
  if (isRefusal(prepared)) return { request: null, translations: [], refusal: prepared };
  const { method, url, headers, body, model, translations } = prepared;
  return {
    request: {
      method,
      url: redactUrl(url.href),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, redactHeader(name, value)])),
      body: body instanceof Uint8Array ? body : null,
      model,
    },
    translations,
    refusal: null,
  };
}
