import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { AuthError, type CredentialStep } from "../errors.ts";
import { peerMissing } from "../peer-missing.ts";

/** Options for {@link createCredentialChain}. */
export interface CredentialChainOptions {
  /**
   * Profile of the shared files.
   *
   * @default {AWS_PROFILE, else `default`}
   */
  readonly profile?: string | undefined;
  /** Region of the services that the chain itself asks, such as STS. */
  readonly region?: string | undefined;
  /**
   * How long the whole chain may take, in milliseconds.
   *
   * @default {60_000}
   */
  readonly timeoutMs?: number | undefined;
}

/** What the chain says of itself as it goes, and the step that it is in then. */
const STEPS: readonly (readonly [said: RegExp, step: CredentialStep])[] = [
  [/fromEnv\b/, "environment"],
  [/fromSSO\b|resolveSso/i, "SSO"],
  [/fromProcess\b|resolveProcess/i, "credential_process"],
  [/fromTokenFile|fromWebToken|web-identity|resolveWebIdentity/i, "web identity"],
  [/assume ?role/i, "assumed role"],
  [/fromHttp|fromContainerMetadata|container/i, "container"],
  [/fromInstanceMetadata|instance/i, "instance metadata"],
  [/remoteProvider/, "container or instance metadata"],
  [/fromIni\b/, "shared files"],
];

/**
 * Makes AWS's own chain of credentials: environment, shared files with
 * profiles, SSO and `credential_process`, web identity, container, instance
 * metadata. Nothing is cached.
 *
 * @example Usage
 * ```ts
 * import { authFetch } from "@claude-on-aws/auth";
 * import { createCredentialChain } from "@claude-on-aws/auth/credentials";
 *
 * const fetch = authFetch({ credentials: createCredentialChain({ profile: "work", timeoutMs: 5_000 }) });
 * ```
 *
 * @param options Profile, region and time.
 * @returns A function that walks the chain; it loads `@aws-sdk/credential-providers` at its first call.
 * @throws {AuthError} From the returned function: `CREDENTIALS_TIMEOUT` and `CREDENTIALS_NOT_FOUND`, whose `step` is
 * the last that the chain was in; `PEER_MISSING`.
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html | Standardized credential providers}
 */
export function createCredentialChain(options: CredentialChainOptions = {}): () => Promise<AwsCredentials> {
  const { profile, region, timeoutMs = 60_000 } = options;
  return async () => {
    const providers = await import("@aws-sdk/credential-providers").catch(peerMissing("@aws-sdk/credential-providers"));
    let step: CredentialStep = "start";
    const note = (...said: unknown[]): void => {
      const text = said.map(String).join(" ");
      step = STEPS.find(([pattern]) => pattern.test(text))?.[1] ?? step;
    };
    const logger = { trace: note, debug: note, info: note, warn: () => {}, error: () => {} };
    // Made anew each time: the chain of AWS caches by itself, and would hold on to what a login has replaced.
    const chain = providers.fromNodeProviderChain({
      logger,
      ignoreCache: true,
      ...(profile === undefined ? {} : { profile }),
      ...(region === undefined ? {} : { clientConfig: { region } }),
    } as Parameters<typeof providers.fromNodeProviderChain>[0]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(timedOut(step, timeoutMs)), timeoutMs);
    });
    try {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await Promise.race([chain(), timeout]);
      return { accessKeyId, secretAccessKey, sessionToken, expiration };
    } catch (cause) {
      if (cause instanceof AuthError) throw cause;
      const message = `Cannot find AWS credentials: the last step, ${step}, says "${(cause as Error).message}"`;
      throw new AuthError("CREDENTIALS_NOT_FOUND", message, { step, cause });
    } finally {
      clearTimeout(timer);
    }
  };
}

const timedOut = (step: CredentialStep, timeoutMs: number): AuthError =>
  new AuthError(
    "CREDENTIALS_TIMEOUT",
    `Cannot wait for AWS credentials: the chain was in step "${step}" after ${timeoutMs} ms; look there, or raise timeoutMs`,
    { step },
  );
