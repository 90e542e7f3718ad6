import type { AwsCredentials, SigningService } from "@claude-on-aws/endpoints";
import type { CredentialCommand } from "./credentials.ts";
import type { ModelFamily } from "./model-families.ts";
import type { CustomHeader } from "./parse-custom-headers.ts";
import type { Problem } from "./problem.ts";
import type { Provider } from "./provider.ts";
import type { Sourced } from "./settings.ts";

/** How a request is authenticated. A value is null where only a command or a service can give it. */
export type Authentication =
  | {
      readonly method: "sigv4";
      readonly source: string;
      readonly service: SigningService;
      readonly credentials: AwsCredentials | null;
    }
  | { readonly method: "api-key"; readonly source: string; readonly key: string | null }
  | { readonly method: "bearer"; readonly source: string; readonly token: string | null }
  /** Both `authorization` and `x-api-key` are sent. */
  | { readonly method: "both"; readonly source: string; readonly token: string | null; readonly key: string | null }
  | { readonly method: "none"; readonly source: string };

/** One place that requests of the session can go to. */
export interface Endpoint {
  readonly provider: Provider;
  /** Without a slash at its end; null where the client knows none and sends nothing. */
  readonly baseUrl: Sourced<string> | null;
  readonly authentication: Authentication;
  /** What is wrong with this endpoint; for the first one, also in {@link Config.problems}. */
  readonly problems: readonly Problem[];
}

/** What the configuration says about models; the ids are as written. */
export interface ModelSettings {
  /** The model asked for, unless an option of the command line asks for another. */
  readonly requested: Sourced<string> | null;
  /** What the aliases are pinned to. */
  readonly pins: { readonly [family in ModelFamily]: Sourced<string> | null };
  /** First-party id → the id to send instead. */
  readonly overrides: ReadonlyMap<string, Sourced<string>>;
  /** The geography of inference profiles to try first, as written. */
  readonly regionPrefix: Sourced<string> | null;
  readonly disable1mContext: Sourced<boolean>;
  /** Whether retired models are asked for by their own ids. */
  readonly keepRetiredModels: boolean;
  readonly smallFastModel: Sourced<string> | null;
  readonly smallFastModelRegion: Sourced<string> | null;
  readonly subagentModel: Sourced<string> | null;
}

/** What the configuration says about prompt caching. */
export interface CachingSettings {
  readonly enabled: Sourced<boolean>;
  /** The families for which caching is off although it is on in general. */
  readonly disabledFamilies: readonly ModelFamily[];
  readonly ttl: Sourced<"5m" | "1h">;
}

/**
 * What holds at the start of the client, before it takes base URLs, credentials and places of AWS files from the settings of
 * the project. Where the configuration asks for an alias, the client needs to know what it means by then: it lists the
 * inference profiles, and keeps the credentials that it finds for it.
 */
export interface StartSettings {
  /** The region, by which ids of models get their geography. */
  readonly region: Sourced<string> | null;
  /** Where the list is asked for, as written; null for the region's own control plane. */
  readonly controlPlaneUrl: Sourced<string> | null;
  /** Whether it can ask: not where it has no credentials yet. */
  readonly listsProfiles: boolean;
  /** {@link Config.endpoints} with the credentials that are kept from then on. */
  readonly endpoints: Config["endpoints"];
}

/** A configuration, resolved: each value with the variable, file or default that it comes from. */
export interface Config {
  readonly clientVersion: string;
  /** The provider that wins; with Bedrock, `mantle` may come second in {@link Config.endpoints}. */
  readonly provider: Provider;
  /** Every provider that is switched on, the winner first; empty where none is. */
  readonly providers: readonly Provider[];
  /** Null for a provider that has no AWS region, and where an old client finds none. */
  readonly region: Sourced<string> | null;
  readonly workspaceId: Sourced<string> | null;
  /** The winner's endpoint, and after it Mantle's where that is switched on beside Bedrock. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly model: ModelSettings;
  readonly caching: CachingSettings;
  /** Names in lower case. */
  readonly customHeaders: readonly CustomHeader[];
  /** Further values of `anthropic-beta`. */
  readonly betas: readonly string[];
  readonly disableExperimentalBetas: boolean;
  readonly serviceTier: Sourced<string> | null;
  /** Where inference profiles are listed and looked up, as written; null for the region's own control plane. */
  readonly controlPlaneUrl: Sourced<string> | null;
  /** For Bedrock, what is different at the start of the client; null where nothing is. */
  readonly start: StartSettings | null;
  readonly credentialCommands: {
    readonly awsAuthRefresh: Sourced<string> | null;
    readonly awsCredentialExport: Sourced<string> | null;
    readonly apiKeyHelper: Sourced<string> | null;
  };
  /** The command whose output would complete this configuration. */
  readonly pendingCommand: CredentialCommand | null;
  readonly problems: readonly Problem[];
}
