import { join } from "node:path";

/** The folders of one turn; all of them lie in a folder that is thrown away. */
export interface TurnFolders {
  /** Home and configuration. */
  readonly home: string;
  /** Where the program is started; empty. */
  readonly work: string;
  /** For its temporary files. */
  readonly temporary: string;
}

/** The folders below the one of a turn. */
export function turnFolders(folder: string): TurnFolders {
  return { home: join(folder, "home"), work: join(folder, "work"), temporary: join(folder, "tmp") };
}

/** What keeps the program from calling home; the names are its own. */
export const QUIET_VARIABLES: Readonly<Record<string, string>> = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: "1",
  DISABLE_AUTOUPDATER: "1",
  DISABLE_BUG_COMMAND: "1",
  DISABLE_ERROR_REPORTING: "1",
  DISABLE_GROWTHBOOK: "1",
  DISABLE_INSTALLATION_CHECKS: "1",
  DISABLE_TELEMETRY: "1",
  DISABLE_UPDATES: "1",
  DO_NOT_TRACK: "1",
};

/** What {@link turnEnvironment} needs. */
export interface TurnEnvironmentOptions {
  readonly folders: TurnFolders;
  /** A proxy that refuses and records; whatever is not on loopback is sent to it. */
  readonly proxyUrl: string;
  /** File with the certificate that the program has to trust; absent where it speaks plain text. */
  readonly certificateFile?: string | undefined;
  /**
   * Whether it is kept from calling home.
   *
   * @default {true}
   */
  readonly quiet?: boolean | undefined;
  /** The case's own variables: provider, base URL, credentials. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The whole environment of the program. Nothing is taken over from the caller's, so that no real credential and no setting
 * of the developer can be in it.
 */
export function turnEnvironment(options: TurnEnvironmentOptions): Record<string, string> {
  const { folders, proxyUrl, certificateFile, quiet = true, variables } = options;
  const { home, temporary } = folders;
  return {
    ...(quiet ? QUIET_VARIABLES : {}),
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    HOME: home,
    CLAUDE_CONFIG_DIR: join(home, ".claude"),
    TMPDIR: temporary,
    CLAUDE_CODE_TMPDIR: temporary,
    AWS_CONFIG_FILE: join(home, ".aws/config"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, ".aws/credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "us-east-1",
    HTTP_PROXY: proxyUrl,
    HTTPS_PROXY: proxyUrl,
    NO_PROXY: "127.0.0.1,localhost",
    ...(certificateFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificateFile }),
    // A refusal shows at once instead of after ten attempts.
    CLAUDE_CODE_MAX_RETRIES: "0",
    ...variables,
  };
}
