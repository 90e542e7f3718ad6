/** A command that gives a value, and the setting that names it. Its text is not interpreted here. */
export interface CredentialCommand {
  readonly setting: "awsCredentialExport" | "apiKeyHelper" | "credential_process";
  readonly command: string;
}

/** What the commands printed on standard output, if somebody ran them; null where a command failed. */
export type CommandOutputs = { readonly [setting in CredentialCommand["setting"]]?: string | null | undefined };
