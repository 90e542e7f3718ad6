/** Which settings file a value comes from. */
export type SettingsSource = "managed" | "project-local" | "project" | "user";

/** The parsed content of one settings file. */
export interface SettingsFile {
  readonly source: SettingsSource;
  /** The JSON value; only the keys that this package knows are read. */
  readonly value: unknown;
}

/** A value and where it comes from, in words: a variable, a file, or `default`. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

/** What several settings files say together. */
export interface MergedSettings {
  /** The `env` blocks; a name in a file of higher precedence replaces the whole value. */
  readonly env: ReadonlyMap<string, Sourced<string>>;
  readonly modelOverrides: ReadonlyMap<string, Sourced<string>>;
  readonly model: Sourced<string> | null;
  readonly apiKeyHelper: Sourced<string> | null;
  readonly awsAuthRefresh: Sourced<string> | null;
  readonly awsCredentialExport: Sourced<string> | null;
  readonly promptCacheTtl: Sourced<string> | null;
}
