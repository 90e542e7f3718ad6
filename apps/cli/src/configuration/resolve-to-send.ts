import process from "node:process";
import type { Config, CredentialCommand } from "@claude-on-aws/env";
import { loadConfigInput, type LoadOptions } from "@claude-on-aws/env/load";
import { askMetadata } from "./ask-metadata.ts";
import { resolveWithHelpers } from "./resolve-with-helpers.ts";

/** Options for {@link resolveToSend}. */
export interface ResolveToSendOptions extends LoadOptions {
  /**
   * The version of Claude Code to resolve for, as dotted numbers.
   *
   * @default {the latest known}
   */
  readonly clientVersion?: string | undefined;
  /**
   * Which commands of the configuration are run.
   *
   * @default {all but `awsCredentialExport`, which the source of credentials runs itself, as often as it has to}
   */
  readonly runs?: ((setting: CredentialCommand["setting"]) => boolean) | undefined;
}

const exceptExport = (setting: CredentialCommand["setting"]): boolean => setting !== "awsCredentialExport";

/**
 * Reads the configuration of this machine so that a request can be sent with it: the commands that give keys are run, and the role
 * of the machine is asked where nothing before it in the chain has credentials.
 *
 * @param options Where it is read from, by default the process and its machine.
 * @returns The configuration.
 * @throws {EnvError} `CLIENT_VERSION` where the version is not dotted numbers.
 */
export async function resolveToSend(options: ResolveToSendOptions = {}): Promise<Config> {
  const { clientVersion, runs = exceptExport, ...load } = options;
  const env = load.env ?? process.env;
  const input = { ...(await loadConfigInput({ ...load, env })), clientVersion };
  const config = await resolveWithHelpers(input, runs);
  if (!needsMachine(config, env)) return config;
  const machineCredentials = (await askMetadata({ env })) ?? "none";
  return resolveWithHelpers({ ...input, machineCredentials }, runs);
}

/** What the chain comes to when all before the machine's own role has nothing. */
function needsMachine(
  { problems, endpoints, credentialCommands }: Config,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { authentication } = endpoints[0];
  const isUnfound = problems.some(({ code }) => code === "CREDENTIALS_NOT_FOUND");
  const isInContainer = CONTAINER_VARIABLES.some((name) => (env[name] ?? "") !== "");
  const lacksCredentials = authentication.method === "sigv4" && authentication.credentials === null;
  return isUnfound || (lacksCredentials && isInContainer && credentialCommands.awsCredentialExport === null);
}

const CONTAINER_VARIABLES: readonly string[] = [
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];
