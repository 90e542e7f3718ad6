import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { type CachedCredentials, cacheCredentials } from "../cache-credentials.ts";
import type { CredentialRefusal, CredentialSource } from "../credential-source.ts";
import { createCredentialChain } from "./credential-chain.ts";
import { isSame } from "./is-same.ts";
import { parseCredentialExport } from "./parse-credential-export.ts";
import { type CommandRunner, runInShell } from "./run-in-shell.ts";
import { saysSignedOut } from "./says-signed-out.ts";
import { showOnStandardError } from "./show-on-standard-error.ts";

/** Options for {@link createCredentials}. */
export interface CredentialsOptions {
  /**
   * Where credentials come from without an export command.
   *
   * @default {the chain of AWS}
   */
  readonly chain?: (() => Promise<AwsCredentials>) | undefined;
  /** Command that logs in when credentials have ended, such as `aws sso login`. */
  readonly awsAuthRefresh?: string | undefined;
  /** Command that prints credentials as JSON, which replace the chain. */
  readonly awsCredentialExport?: string | undefined;
  /**
   * How long a command may take, in milliseconds.
   *
   * @default {180_000}
   */
  readonly commandTimeoutMs?: number | undefined;
  /**
   * The most that the export command may print, in bytes.
   *
   * @default {1_048_576}
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Shows the output of the refresh command, and what goes wrong with either.
   *
   * @default {prints on standard error}
   */
  readonly show?: ((text: string) => void) | undefined;
  /**
   * Runs a command.
   *
   * @default {the shell of the machine}
   */
  readonly run?: CommandRunner | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}

/** What a login brought. */
export interface Login {
  /** Whether `awsAuthRefresh` ran and ended well; false where there is none. */
  readonly hasRun: boolean;
  /** What is found since. */
  readonly credentials: AwsCredentials;
}

/** A source that can always be told of a refusal. */
export interface RefreshableSource extends CredentialSource {
  readonly refresh: (refusal: CredentialRefusal, used: AwsCredentials) => Promise<boolean>;
  /**
   * Runs `awsAuthRefresh` now, whatever became of the credentials, forgets those that were kept, and finds them again: the
   * *refresh credentials* of Claude Code. Whoever asks while it runs shares it. Nothing is sent to the service.
   *
   * @returns Whether the command ran and ended well, and the credentials.
   * @throws {AuthError} What the chain throws where it finds none after it, such as `CREDENTIALS_NOT_FOUND`. That the command
   * failed is shown, not thrown.
   */
  readonly login: () => Promise<Login>;
}

/**
 * Makes the credentials of a program that runs for long: cached until five
 * minutes before they end, refreshed by one caller at a time, and by the
 * commands of the settings as Claude Code documents them.
 *
 * - `awsCredentialExport` runs first and replaces the chain; bad output is
 *   shown, and the chain used. It runs again after the service refused what it
 *   gave.
 * - `awsAuthRefresh` runs when credentials have ended, by their own date, by
 *   what the chain says, or because the service said so; then the chain is
 *   asked again.
 *
 * `awsAuthRefresh` runs once for one set of credentials that ended or were refused, and once where nobody is signed in,
 * however many requests wait and come after: nothing loops. The chain is asked again all the same, so that a login elsewhere
 * helps.
 *
 * @example Usage
 * ```ts
 * import { authFetch } from "@claude-on-aws/auth";
 * import { createCredentials } from "@claude-on-aws/auth/credentials";
 *
 * const fetch = authFetch({ credentials: createCredentials({ awsAuthRefresh: "aws sso login" }) });
 * ```
 *
 * @example Sign in now
 * ```ts
 * import { createCredentials } from "@claude-on-aws/auth/credentials";
 * import { equal } from "node:assert/strict";
 *
 * const source = createCredentials({
 *   awsAuthRefresh: "true",
 *   chain: async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }),
 * });
 * const { hasRun, credentials } = await source.login();
 *
 * equal(hasRun, true);
 * equal(credentials.accessKeyId, "AKIDEXAMPLE");
 * ```
 *
 * @param options The commands of the settings, their limits, and what they are run by.
 * @returns A source for `authFetch`.
 * @throws {AuthError} From `get`: what the chain throws, such as `CREDENTIALS_NOT_FOUND`; from `refresh`, the same. A command
 * that fails is shown, not thrown.
 * @see {@link https://code.claude.com/docs/en/amazon-bedrock | Claude Code on Amazon Bedrock}, advanced credential configuration
 */
export function createCredentials(options: CredentialsOptions = {}): RefreshableSource {
  const { chain = createCredentialChain(), awsAuthRefresh, awsCredentialExport, run = runInShell } = options;
  const { show = showOnStandardError, now = () => new Date() } = options;
  const limits = {
    timeoutMs: options.commandTimeoutMs ?? 180_000,
    maxOutputBytes: options.maxOutputBytes ?? 1_048_576,
  };

  /** What the latest login was for: keys that had ended or were refused, or that there were none. */
  let loggedInFor: AwsCredentials | "nobody" | undefined;

  /** A login that somebody asked for, as long as it runs. */
  let asked: Promise<Login> | undefined;

  /** Logs in, once for one set of keys; whether that worked. */
  const logIn = async (command: string, keys: AwsCredentials | "nobody"): Promise<boolean> => {
    // What is found after a login that was asked for is what there is.
    if (asked !== undefined || (loggedInFor !== undefined && isOneSet(loggedInFor, keys))) return false;
    loggedInFor = keys;
    return runLogin(command);
  };

  const runLogin = async (command: string): Promise<boolean> => {
    try {
      await run(command, { ...limits, show });
      return true;
    } catch (cause) {
      show(`awsAuthRefresh: ${(cause as Error).message}\n`);
      return false;
    }
  };

  const fromChain = async (): Promise<AwsCredentials> => {
    try {
      const credentials = await chain();
      if (credentials.expiration === undefined || credentials.expiration > now()) return credentials;
      if (awsAuthRefresh === undefined || !(await logIn(awsAuthRefresh, credentials))) return credentials;
    } catch (cause) {
      if (awsAuthRefresh === undefined || !saysSignedOut(cause) || !(await logIn(awsAuthRefresh, "nobody")))
        throw cause;
    }
    return chain();
  };

  const runExport = async (command: string): Promise<AwsCredentials> => {
    const credentials = parseCredentialExport(await run(command, limits));
    const hasEnded = credentials.expiration !== undefined && credentials.expiration <= now();
    if (!hasEnded || awsAuthRefresh === undefined || !(await logIn(awsAuthRefresh, credentials))) return credentials;
    return parseCredentialExport(await run(command, limits));
  };

  const fetchAny = async (): Promise<AwsCredentials> => {
    if (awsCredentialExport === undefined) return fromChain();
    try {
      return await runExport(awsCredentialExport);
    } catch (cause) {
      show(`awsCredentialExport: ${(cause as Error).message}; using the credential chain\n`);
      return fromChain();
    }
  };

  const fetchCredentials = async (): Promise<AwsCredentials> => {
    const credentials = await fetchAny();
    // Somebody is signed in: when that ends, it is time for another login.
    if (loggedInFor === "nobody") loggedInFor = undefined;
    return credentials;
  };

  const cache = cacheCredentials(fetchCredentials, { now });
  const logInNow = async (): Promise<Login> => {
    const hasRun = awsAuthRefresh !== undefined && (await runLogin(awsAuthRefresh));
    cache.clear();
    return { hasRun, credentials: await cache.get() };
  };
  return {
    get: cache.get,
    refresh: createRefresh(cache, { awsAuthRefresh, awsCredentialExport, logIn }),
    login: () => (asked ??= logInNow().finally(() => (asked = undefined))),
  };
}

interface RefreshCommands {
  readonly awsAuthRefresh: string | undefined;
  readonly awsCredentialExport: string | undefined;
  readonly logIn: (command: string, keys: AwsCredentials) => Promise<boolean>;
}

function createRefresh(cache: CachedCredentials, commands: RefreshCommands): RefreshableSource["refresh"] {
  const { awsAuthRefresh, awsCredentialExport, logIn } = commands;
  let pending: { readonly used: AwsCredentials; readonly done: Promise<boolean> } | undefined;

  const refresh = async (refusal: CredentialRefusal, used: AwsCredentials): Promise<boolean> => {
    // Somebody else was refused with the same, and has refreshed already.
    const current = cache.peek();
    if (current !== undefined && !isSame(current, used)) return true;
    if (awsCredentialExport !== undefined || awsAuthRefresh === undefined || refusal !== "expired") {
      cache.clear();
      if (!isSame(await cache.get(), used)) return true;
    }
    if (awsAuthRefresh === undefined || refusal !== "expired") return false;
    if (await logIn(awsAuthRefresh, used)) {
      cache.clear();
      await cache.get();
      return true;
    }
    // There was a login for these keys; somebody may have signed in elsewhere since.
    cache.clear();
    return !isSame(await cache.get(), used);
  };

  /** Whoever was refused with the same while a refresh is under way shares it; others wait for it. */
  const share: RefreshableSource["refresh"] = async (refusal, used) => {
    const underWay = pending;
    if (underWay !== undefined) {
      if (isSame(underWay.used, used)) return underWay.done;
      await underWay.done.catch(() => false);
      return share(refusal, used);
    }
    const mine = { used, done: refresh(refusal, used).finally(() => (pending = undefined)) };
    pending = mine;
    return mine.done;
  };
  return share;
}

const isOneSet = (a: AwsCredentials | "nobody", b: AwsCredentials | "nobody"): boolean =>
  a === "nobody" || b === "nobody" ? a === b : isSame(a, b);
