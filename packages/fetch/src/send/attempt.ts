import { followRedirects, type Hop } from "@claude-on-aws/auth";
import type { AuthenticatedRequest } from "../authenticate/authenticator.ts";
import type { Header, PreparedRequest } from "../translate/translation.ts";
import type { Transport, TransportAnswer } from "../transport/transport.ts";
import { FetchError, wordsOf } from "../fetch-error.ts";
import type { Destination } from "./settings.ts";
import type { ExchangeTimer } from "./time-limits.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** A request that is sent, and what sends it. */
export interface AttemptOptions {
  readonly prepared: PreparedRequest;
  readonly authenticate: Destination["authenticate"];
  readonly transport: Transport;
  readonly redirect: RequestRedirect;
  /** Limits of this attempt. */
  readonly timer: ExchangeTimer;
  /** Told what is sent, each time that something is. */
  readonly onSend: (url: URL, headers: readonly Header[]) => void;
}

/** An answer, and whom to ask whether another attempt is worth while. */
export interface Attempt extends Pick<AuthenticatedRequest, "renew"> {
  readonly answer: TransportAnswer;
}

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/** What describes a body, and goes where that does not. */
const OF_BODY = /^content-/;

/**
 * Sends a request once, authenticated at the last moment, and follows redirects within its origin.
 *
 * @param options The request, and what sends it.
 * @returns The answer.
 * @throws {AuthError} `REDIRECT_REFUSED`, or what authentication throws; a {@link FetchError} of a limit; what the transport throws.
 */
export async function sendOnce(options: AttemptOptions): Promise<Attempt> {
  const { prepared, authenticate, transport, redirect, timer, onSend } = options;
  const { signal } = timer;
  let renew: Attempt["renew"] = null;
  let isBodySpent = false;

  const send = async ({ url, method, keepsBody }: Hop): Promise<TransportAnswer> => {
    const body = keepsBody ? prepared.body : null;
    const isStream = body instanceof ReadableStream;
    if (isStream && isBodySpent) throw bodySpent(url);
    isBodySpent = isStream;
    const kept = keepsBody ? prepared.headers : prepared.headers.filter(([name]) => !OF_BODY.test(name));
    const headers: readonly Header[] = [...kept, ["accept-encoding", "identity"]];
    const unauthenticated = { method, url, headers, body: isStream ? null : (body ?? NO_BYTES) };
    const authenticated = await unlessAborted(authenticate(unauthenticated), signal);
    renew = authenticated.renew;
    onSend(url, authenticated.headers);
    const onConnect = (): void => {
      timer.stop("connectTimeoutMs");
      timer.start("firstByteTimeoutMs");
    };
    timer.start("connectTimeoutMs");
    const request = { method, url, headers: authenticated.headers, body, signal, onConnect };
    const answer = await transport.send(request).catch((cause: unknown) => {
      throw cause instanceof FetchError ? cause : connectionFailed(cause);
    });
    timer.stop("connectTimeoutMs");
    timer.stop("firstByteTimeoutMs");
    return answer;
  };

  const first: Hop = { url: prepared.url, method: prepared.method, keepsBody: true };
  const answer = redirect === "follow" ? await followRedirects(first, send) : await send(first);
  if (redirect === "error" && answer.status >= 300 && answer.status < 400 && answer.headers.has("location")) {
    answer.body?.cancel();
    throw new FetchError(
      "REDIRECTED",
      `Cannot fetch from "${prepared.url.origin}": it was redirected, and redirect is "error"`,
    );
  }
  return { answer, renew };
}

const connectionFailed = (cause: unknown): FetchError =>
  new FetchError("CONNECTION_FAILED", `Cannot get an answer: the connection failed (${wordsOf(cause)})`, { cause });

const bodySpent = (url: URL): FetchError =>
  new FetchError(
    "CONNECTION_FAILED",
    `Cannot follow the redirect within "${url.origin}": its body was a stream, which is read once; send bytes, or use the URL that it leads to`,
  );
