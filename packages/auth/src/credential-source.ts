import type { AwsCredentials } from "@claude-on-aws/endpoints";

/** Why a service refused credentials: they have ended, or it names them for another reason. */
export type CredentialRefusal = "expired" | "invalid";

/** Where credentials come from, for as long as a program runs. */
export interface CredentialSource {
  /** The credentials to sign with now. */
  readonly get: () => Promise<AwsCredentials>;
  /**
   * Told that a service refused credentials.
   *
   * @param refusal What the service said.
   * @param used The credentials it refused.
   * @returns Whether others can be had now, so that the request is worth sending once more.
   */
  readonly refresh?: ((refusal: CredentialRefusal, used: AwsCredentials) => Promise<boolean>) | undefined;
}

/** Anything that gives credentials. */
export type CredentialsInput = AwsCredentials | (() => Promise<AwsCredentials>) | CredentialSource;

/**
 * Brings anything that gives credentials into one form.
 *
 * @param input Credentials, a function that gives them, or a source.
 * @returns The source.
 */
export function toCredentialSource(input: CredentialsInput): CredentialSource {
  if (typeof input === "function") return { get: input };
  if ("get" in input) return input;
  return { get: () => Promise.resolve(input) };
}
