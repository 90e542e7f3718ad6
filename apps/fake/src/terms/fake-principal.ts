import type { Policy } from "@claude-on-aws/auth/iam";
import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import type { AcceptedApiKey } from "./accepted-key.ts";

/**
 * A policy of a principal: as `parsePolicy` read it, its document, its JSON
 * text, or the name or ARN of one that AWS manages.
 */
export type PolicySource = Policy | string | object;

/** Somebody of the fake's account, and what they may do. */
export interface FakePrincipal {
  /** Name of a user, such as `alice`; in place of `arn`. */
  readonly name?: string | undefined;
  /**
   * ARN of a user (`arn:aws:iam::123456789012:user/alice`), of a role
   * (`arn:aws:iam::123456789012:role/reader`), or of a session of a role
   * (`arn:aws:sts::123456789012:assumed-role/reader/session`); in place of `name`.
   */
  readonly arn?: string | undefined;
  /**
   * Access keys of this principal. Sessions of a role that the fake issues are the role's without being listed.
   *
   * @default {for the one user who has neither access keys nor API keys: those of the fake}
   */
  readonly credentials?: readonly AwsCredentials[] | undefined;
  /**
   * API keys of this principal. Short-term keys that are made with its access keys are its own without being listed.
   *
   * @default {[]}
   */
  readonly apiKeys?: readonly (string | AcceptedApiKey)[] | undefined;
  /** What it may do; nothing else is allowed. */
  readonly policies: readonly PolicySource[];
  /** The most that it may do, whatever its policies say. */
  readonly boundary?: PolicySource | undefined;
  /** Policies that were handed over when its session was made; those that `AssumeRole` is given take their place. */
  readonly sessionPolicies?: readonly PolicySource[] | undefined;
  /**
   * Of a role: who may assume it, as the document of `AssumeRolePolicyDocument` or its JSON text.
   *
   * @default {everybody in its account, and whoever holds a web identity token}
   */
  readonly trustPolicy?: string | object | undefined;
}
