import { type AwsCredentials, parseExportedCredentials } from "@claude-on-aws/endpoints";
import { describeProblem } from "./describe-problem.ts";
import type { CommandOutputs, CredentialCommand } from "./credentials.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import type { AwsFiles, Profile } from "./resolve-profile.ts";
import { resolveProfile } from "./resolve-profile.ts";
import type { Sourced } from "./settings.ts";

/** Credentials that the machine's own service gave to somebody who asked. */
export interface MachineCredentials extends AwsCredentials {
  /** Which service answered, in words. */
  readonly source: string;
}

/** What the chain ends with. */
export interface CredentialResult {
  /** The step that gives the credentials; null where no local step does. */
  readonly source: string | null;
  /** Null where only a command or a service can give them. */
  readonly credentials: AwsCredentials | null;
  /** The command that has to be run first. */
  readonly command: CredentialCommand | null;
  readonly problems: readonly Problem[];
}

/** What {@link resolveCredentials} looks at. */
export interface CredentialSources {
  readonly environment: Environment;
  readonly awsFiles: AwsFiles;
  readonly profileName: Sourced<string>;
  readonly profile: Profile | undefined;
  readonly awsCredentialExport: Sourced<string> | null;
  readonly outputs: CommandOutputs;
  readonly machine: MachineCredentials | "none" | null;
}

const MAX_SOURCE_PROFILES = 10;

/**
 * Walks the credential chain: `awsCredentialExport`, the variables (unless AWS_PROFILE is set), the profile, a web
 * identity, the container or the instance.
 *
 * @param sources Everything that the chain looks at.
 * @returns The step that gives the credentials, and the credentials where they are known.
 *
 * @see The default chain of the AWS SDK for JavaScript 3.936.0; its use observed in Claude Code 2.1.329.
 */
export function resolveCredentials(sources: CredentialSources): CredentialResult {
  const problems: Problem[] = [];
  const end = (
    source: string | null,
    credentials: AwsCredentials | null,
    command: CredentialCommand | null = null,
  ): CredentialResult => ({ source, credentials, command, problems });
  const { environment, profileName, profile, awsCredentialExport, outputs } = sources;

  if (awsCredentialExport !== null) {
    const output = outputs.awsCredentialExport;
    const { source, value: command } = awsCredentialExport;
    if (output === undefined) {
      problems.push(fromCommand(source, "The AWS credentials come"));
      return end(source, null, { setting: "awsCredentialExport", command });
    }
    // The client takes only temporary credentials from this command.
    const read = output === null ? null : parseExportedCredentials(output, { requireSessionToken: true });
    if (read?.ok === true) return end(source, read.credentials);
    problems.push(describeProblem("noCredentialsFromCommand", { source }));
  }

  const accessKeyId = environment.raw("AWS_ACCESS_KEY_ID");
  const secretAccessKey = environment.raw("AWS_SECRET_ACCESS_KEY");
  const named = profileName.source !== "default";
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    if (!named) {
      const sessionToken = environment.raw("AWS_SESSION_TOKEN")?.value;
      return end(accessKeyId.source, {
        accessKeyId: accessKeyId.value,
        secretAccessKey: secretAccessKey.value,
        sessionToken,
      });
    }
    problems.push(
      describeProblem("credentialsHiddenByProfile", { source: profileName.source, profile: profileName.value }),
    );
  } else if (accessKeyId !== undefined || secretAccessKey !== undefined) {
    const [found, missing] =
      accessKeyId === undefined
        ? ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"]
        : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    problems.push(describeProblem("credentialsPartial", { found, missing }));
  }

  if (profile !== undefined) {
    const found = fromProfile(sources, profileName.value, profile, problems);
    if (found !== null) return end(found.source, found.credentials, found.command);
  }

  const tokenFile = environment.raw("AWS_WEB_IDENTITY_TOKEN_FILE");
  if (tokenFile !== undefined && environment.raw("AWS_ROLE_ARN") !== undefined) {
    return end(`${tokenFile.source} (web identity)`, null);
  }
  const { machine } = sources;
  if (machine !== null && machine !== "none") return end(machine.source, machine);
  const container =
    environment.raw("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ?? environment.raw("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  if (container !== undefined) return end(`${container.source} (container)`, null);

  problems.push(
    describeProblem(machine === "none" ? "credentialsNotFoundAnywhere" : "credentialsNotFound", {
      profile: profileName.value,
    }),
  );
  return end(null, null);
}

type ProfileStep = Omit<CredentialResult, "problems">;

function fromProfile(
  sources: CredentialSources,
  name: string,
  profile: Profile,
  problems: Problem[],
): ProfileStep | null {
  const step = (key: string, what: string): ProfileStep => ({
    source: `${profile.get(key)?.source ?? ""} (${what})`,
    credentials: null,
    command: null,
  });
  const value = (key: string): string | undefined => profile.get(key)?.value;
  if (value("role_arn") !== undefined && (value("source_profile") ?? value("credential_source")) !== undefined) {
    return hasSource(sources, profile, name) ? step("role_arn", "assumed role") : null;
  }
  const accessKeyId = profile.get("aws_access_key_id");
  const secretAccessKey = value("aws_secret_access_key");
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return {
      source: accessKeyId.source,
      credentials: { accessKeyId: accessKeyId.value, secretAccessKey, sessionToken: value("aws_session_token") },
      command: null,
    };
  }
  if (accessKeyId !== undefined || secretAccessKey !== undefined) {
    problems.push(describeProblem("profilePartial", { name }));
  }
  if (value("web_identity_token_file") !== undefined && value("role_arn") !== undefined) {
    return step("web_identity_token_file", "web identity");
  }
  const credentialProcess = profile.get("credential_process");
  if (credentialProcess !== undefined) {
    const { source, value: command } = credentialProcess;
    const output = sources.outputs.credential_process;
    if (output === undefined) {
      problems.push(fromCommand(source, "The AWS credentials come"));
      return { source, credentials: null, command: { setting: "credential_process", command } };
    }
    const read = output === null ? null : parseExportedCredentials(output);
    return read?.ok === true ? { source, credentials: read.credentials, command: null } : null;
  }
  for (const key of ["sso_session", "sso_start_url"]) {
    const session = value(key);
    if (session === undefined) continue;
    const { signedInSessions } = sources.awsFiles;
    if (signedInSessions === undefined || signedInSessions.includes(session)) return step(key, "SSO");
    problems.push(describeProblem("ssoSessionNotFound", { name, session }));
    return { source: null, credentials: null, command: null };
  }
  if (value("login_session") !== undefined) return step("login_session", "console login");
  return null;
}

function hasSource(sources: CredentialSources, profile: Profile, name: string): boolean {
  const visited = new Set([name]);
  let current = profile;
  while (visited.size <= MAX_SOURCE_PROFILES) {
    const next = current.get("source_profile")?.value;
    if (next === undefined || visited.has(next)) return true;
    const found = resolveProfile(sources.awsFiles, next);
    if (found === undefined) return false;
    visited.add(next);
    current = found;
  }
  return true;
}

/**
 * Says that only a command can give a value.
 *
 * @param source The setting that names the command.
 * @param what The beginning of a sentence, such as `The key comes`.
 * @returns The problem.
 */
export function fromCommand(source: string, what: string): Problem {
  return describeProblem("commandNotRun", { what, source });
}
