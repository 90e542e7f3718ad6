import type { CommandOutputs } from "./credentials.ts";
import type { Problem } from "./problem.ts";
import type { MachineCredentials } from "./resolve-credentials.ts";
import type { AwsFiles } from "./resolve-profile.ts";
import type { SettingsFile } from "./settings.ts";

/** What `resolveConfig` reads. Nothing else is looked at: no file, no process, no clock, no network. */
export interface ConfigInput {
  /** The process environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * The parsed settings files, in any order.
   *
   * @default {[]}
   */
  readonly settings?: readonly SettingsFile[] | undefined;
  /**
   * The texts of the AWS files.
   *
   * @default {{}}
   */
  readonly awsFiles?: AwsFiles | null | undefined;
  /**
   * The texts of the AWS files that are read at the client's start, where the settings of the project name others for later.
   *
   * @default {awsFiles}
   */
  readonly awsFilesAtStart?: AwsFiles | null | undefined;
  /**
   * What the credential commands printed, if somebody ran them.
   *
   * @default {{}}
   */
  readonly commandOutputs?: CommandOutputs | undefined;
  /**
   * What the machine's credential service answered, if somebody asked it; `none` where there is none, or it has no role.
   *
   * @default {null}
   */
  readonly machineCredentials?: MachineCredentials | "none" | null | undefined;
  /**
   * Problems that came up while the files were read; they come before those found here.
   *
   * @default {[]}
   */
  readonly loadProblems?: readonly Problem[] | undefined;
  /**
   * The version of Claude Code to resolve for, as dotted numbers.
   *
   * @default {"2.1.332"}
   */
  readonly clientVersion?: string | undefined;
}
