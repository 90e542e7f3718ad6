import type { AwsProvider } from "@claude-on-aws/endpoints";

/** A service that requests go to, and what it is reached with. What is left out is taken from the environment, as Claude Code does. */
export interface UpstreamSettings {
  /** What the audit, metrics and callers' limits call it. */
  readonly name: string;
  readonly provider: AwsProvider;
  readonly region?: string | undefined;
  /** Of Claude Platform on AWS. */
  readonly workspaceId?: string | undefined;
  /** In place of AWS's own host; for a fake, a proxy, or a VPC endpoint. */
  readonly baseUrl?: string | undefined;
  /** A profile of the AWS files. */
  readonly profile?: string | undefined;
  /** A role to assume with the credentials that are found. */
  readonly assumeRole?:
    | { readonly arn: string; readonly externalId?: string; readonly sessionName?: string }
    | undefined;
  /** The environment variable that holds an API key; a key itself is never written into a configuration. */
  readonly apiKeyVariable?: string | undefined;
  /** Patterns of the models that it serves; a `*` stands for any characters. Left out, all of them. */
  readonly models?: readonly string[] | undefined;
  /** What it calls a model that clients call otherwise. */
  readonly modelNames?: Readonly<Record<string, string>> | undefined;
}
