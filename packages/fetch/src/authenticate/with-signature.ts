import {
  AuthError,
  type AwsCredentials,
  classifyRefusal,
  type CredentialSource,
  signRequest,
  UNSIGNED_PAYLOAD,
} from "@claude-on-aws/auth";
import type { SigningService } from "@claude-on-aws/endpoints";
import { FetchError, wordsOf } from "../fetch-error.ts";
import type { Header } from "../header.ts";
import type { Authenticator } from "./authenticator.ts";

/** What {@link authenticateWithSignature} signs with, and for whom. */
export interface SignatureOptions {
  readonly source: CredentialSource;
  readonly service: SigningService;
  readonly region: string;
  /** The clock. */
  readonly now: () => Date;
}

/** Sent, but left out of a signature: what the way to the service may change, and names that its front end loses. */
const isSigned = ([name]: Header): boolean => name !== "accept-encoding" && !name.includes("_");

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/**
 * Authenticates with AWS's signature, made at the moment of sending. Credentials that ended while something was waited for are
 * not used: they are refreshed first.
 *
 * @param options Credentials, service and region.
 * @returns The authenticator. It throws {@link FetchError} `CREDENTIALS_EXPIRED`, `CREDENTIALS_MISSING` for what the source
 * throws, and an `AuthError` as it is.
 */
export function authenticateWithSignature(options: SignatureOptions): Authenticator {
  const { source, service, region, now } = options;
  return async ({ method, url, headers, body }) => {
    const credentials = await currentCredentials(source, now);
    const covered: Header[] = [["host", url.host]];
    const beside: Header[] = [];
    for (const header of headers) (isSigned(header) ? covered : beside).push(header);
    const signed = await signRequest(
      {
        method,
        target: url.pathname + url.search,
        headers: covered,
        httpVersion: "1.1",
        body: body ?? NO_BYTES,
      },
      {
        credentials,
        service,
        region,
        date: now(),
        payloadHash: body === null ? UNSIGNED_PAYLOAD : undefined,
      },
    );
    const { refresh } = source;
    const sent: Header[] = [];
    // The transport writes the host, from the URL.
    for (const header of signed.headers) if (header[0] !== "host") sent.push(header);
    sent.push(...beside);
    return {
      headers: sent,
      renew:
        refresh === undefined
          ? null
          : async ({ status, headers: answered, text }) => {
              const type = answered.get("x-amzn-errortype")?.split(":")[0];
              const refusal = classifyRefusal(status, type, text);
              return refusal !== undefined && refresh(refusal, credentials).catch(noneFound);
            },
    };
  };
}

async function currentCredentials(source: CredentialSource, now: () => Date): Promise<AwsCredentials> {
  const hasEnded = ({ expiration }: AwsCredentials): boolean => expiration !== undefined && expiration <= now();
  const get = async (): Promise<AwsCredentials> => {
    try {
      return await source.get();
    } catch (cause) {
      return noneFound(cause);
    }
  };
  const first = await get();
  if (!hasEnded(first)) return first;
  await source.refresh?.("expired", first).catch(noneFound);
  const second = await get();
  if (!hasEnded(second)) return second;
  throw new FetchError(
    "CREDENTIALS_EXPIRED",
    `Cannot sign the request: the AWS credentials ended at ${second.expiration?.toISOString()}, and their source has no others; sign in again, or set awsAuthRefresh`,
  );
}

/** Says what a source of one's own threw; that of this project speaks for itself. */
function noneFound(cause: unknown): never {
  if (cause instanceof AuthError || cause instanceof FetchError) throw cause;
  throw new FetchError(
    "CREDENTIALS_MISSING",
    `Cannot sign the request: no AWS credentials can be had (${wordsOf(cause)})`,
    {
      cause,
    },
  );
}
