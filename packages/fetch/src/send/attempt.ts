import { followRedirects, type Hop } from "@claude-on-aws/auth";
import type { Answer } from "../answer/answer.ts";
import { HeaderList } from "../answer/header-list.ts";
import type { AuthenticatedRequest } from "../authenticate/authenticator.ts";
import type { Header } from "../header.ts";
import type { PreparedRequest } from "../translate/translation.ts";
import type { Transport, TransportAnswer } from "../transport/transport.ts";
import { FetchError, wordsOf } from "../fetch-error.ts";
import { OutgoingRequest } from "./outgoing-request.ts";
import type { Destination } from "./settings.ts";
import type { ExchangeTimer } from "./time-limits.ts";
import { unlessStopped } from "./unless-stopped.ts";

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
  readonly answer: Answer;
}

/** Headers of the connection, or that are not true of a body that may be given an end. */
const NOT_RELAYED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "trailer",
]);

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/** An answer is passed on as it comes. */
const UNCOMPRESSED: Header = ["accept-encoding", "identity"];

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
  const { stopped } = timer;
  let renew: Attempt["renew"] = null;
  let isBodySpent = false;

  const send = async ({ url, method, keepsBody }: Hop): Promise<Answer> => {
    const body = keepsBody ? prepared.body : null;
    const isStream = body instanceof ReadableStream;
    if (isStream && isBodySpent) throw bodySpent(url);
    isBodySpent = isStream;
    const kept = keepsBody ? prepared.headers : prepared.headers.filter(([name]) => !OF_BODY.test(name));
    const unauthenticated = {
      method,
      url,
      headers: [...kept, UNCOMPRESSED],
      body: isStream ? null : (body ?? NO_BYTES),
    };
    const authenticated = await unlessStopped(authenticate(unauthenticated), stopped);
    renew = authenticated.renew;
    onSend(url, authenticated.headers);
    const onConnect = (): void => {
      timer.stop("connectTimeoutMs");
      timer.start("firstByteTimeoutMs");
    };
    timer.start("connectTimeoutMs");
    let answer: TransportAnswer;
    try {
      const { headers } = authenticated;
      answer = await transport.send(new OutgoingRequest({ method, url, headers, body, stop: stopped, onConnect }));
    } catch (cause) {
      throw cause instanceof FetchError ? cause : connectionFailed(cause);
    }
    timer.stop("connectTimeoutMs");
    timer.stop("firstByteTimeoutMs");
    const headers = new HeaderList([...answer.headers].filter(([name]) => !NOT_RELAYED.has(name)));
    return { status: answer.status, headers, body: answer.body };
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
