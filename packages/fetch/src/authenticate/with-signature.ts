import {
  type AwsCredentials,
  classifyRefusal,
  type CredentialSource,
  signRequest,
  UNSIGNED_PAYLOAD,
} from "@claude-on-aws/auth";
import type { SigningService } from "@claude-on-aws/endpoints";
import { FetchError } from "../fetch-error.ts";
import type { Header } from "../translate/translation.ts";
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

const NO_BYTES = new Uint8Array();

/**
 * Authenticates with AWS's signature, made at the moment of sending. Credentials that ended while something was waited for are
 * not used: they are refreshed first.
 *
 * @param options Credentials, service and region.
 * @returns The authenticator. It throws what the source throws, and {@link FetchError} `CREDENTIALS_EXPIRED`.
 */
export function authenticateWithSignature(options: SignatureOptions): Authenticator {
  const { source, service, region, now } = options;
  return async ({ method, url, headers, body }) => {
    const credentials = await currentCredentials(source, now);
    const signed = await signRequest(
      {
        method,
        target: url.pathname + url.search,
        headers: [["host", url.host], ...headers.filter(isSigned)],
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
    return {
      // The transport writes it, from the URL.
      headers: [
        ...signed.headers.filter(([name]) => name !== "host"),
        ...headers.filter((header) => !isSigned(header)),
      ],
      renew:
        refresh === undefined
          ? null
          : async ({ status, headers: answered, text }) => {
              const type = answered.get("x-amzn-errortype")?.split(":")[0];
              const refusal = classifyRefusal(status, type, text);
              return refusal !== undefined && refresh(refusal, credentials);
            },
    };
  };
}

async function currentCredentials(source: CredentialSource, now: () => Date): Promise<AwsCredentials> {
  const hasEnded = ({ expiration }: AwsCredentials): boolean => expiration !== undefined && expiration <= now();
  const first = await source.get();
  if (!hasEnded(first)) return first;
  await source.refresh?.("expired", first);
  const second = await source.get();
  if (!hasEnded(second)) return second;
  throw new FetchError(
    "CREDENTIALS_EXPIRED",
    `Cannot sign the request: the AWS credentials ended at ${second.expiration?.toISOString()}, and their source has no others; sign in again, or set awsAuthRefresh`,
  );
}
