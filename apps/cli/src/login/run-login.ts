import process from "node:process";
import type { AwsCredentials } from "@claude-on-aws/auth";
import { redactForm, redactText } from "@claude-on-aws/endpoints";
import { type Config, PROVIDER_TITLES } from "@claude-on-aws/env";
import { configuredCredentials, planRequest } from "@claude-on-aws/fetch";
import { CliError } from "../cli-error.ts";
import type { Terminal } from "../command.ts";
import { resolveToSend } from "../configuration/resolve-to-send.ts";
import { createPaint } from "../create-paint.ts";
import type { CauseAndFix } from "../refusals/refusal-explanations.ts";
import { explainUnsent } from "../send/explain-unsent.ts";
import { formatExplained } from "../send/format-explained.ts";
import { REFUSED } from "../send/refused.ts";
import { stopOnSignal } from "../send/stop-on-signal.ts";
import { askCaller, type Caller } from "./ask-caller.ts";
import { formatLogin } from "./format-login.ts";
import type { LoginFlags, LoginOptions } from "./login-options.ts";
import type { LoginReport } from "./login-report.ts";

const NOTHING: LoginReport = {
  ok: false,
  refreshed: false,
  source: null,
  accessKeyId: null,
  expiration: null,
  account: null,
  arn: null,
  cause: null,
  fix: null,
};

/**
 * Signs in, and says what credentials there are then.
 *
 * @param flags What is printed, and whether STS is asked.
 * @param terminal Where it is printed.
 * @param options Where the configuration is read from.
 * @returns The exit status.
 */
export async function runLogin({ who, json }: LoginFlags, terminal: Terminal, options: LoginOptions): Promise<number> {
  const { show, ...load } = options;
  const env = load.env ?? process.env;
  const resolve = (): Promise<Config> => resolveToSend({ ...load, env });
  const finish = (report: LoginReport, status: number): number => {
    if (json) terminal.out(JSON.stringify(report));
    else if (report.ok) for (const line of formatLogin(report, terminal.colour)) terminal.out(line);
    const { cause, fix } = report;
    if (!json && cause !== null) {
      const explained = { cause, fix: fix ?? "", statements: [] };
      for (const line of formatExplained(explained, createPaint(false))) terminal.error(line);
    }
    return status;
  };

  const config = await resolve();
  const unused = whyUnused(config);
  if (unused !== undefined) return finish({ ...NOTHING, ...unused }, 1);
  const command = config.credentialCommands.awsAuthRefresh;
  terminal.error(
    command === null
      ? "No settings file has awsAuthRefresh: nothing is run."
      : `Running ${command.source}: ${redactText(command.value)}`,
  );
  const stop = stopOnSignal();
  let found: LoginReport = NOTHING;
  try {
    const { hasRun, credentials } = await unlessStopped(configuredCredentials(resolve, { show }).login(), stop.signal);
    found = { ...(await describe(credentials, resolve)), refreshed: hasRun };
    if (!found.ok) return finish(found, 1);
    if (!who) return finish(found, 0);
    const region = config.region?.value ?? "us-east-1";
    const caller: Caller = await askCaller({ credentials, region, env, signal: stop.signal });
    return finish({ ...found, ...caller }, 0);
  } catch (error) {
    if (stop.status !== undefined) return stop.status;
    const cause = error instanceof Error ? error.message : String(error);
    const isOfSts = error instanceof CliError;
    const fix = isOfSts
      ? "Sign in again, or take access key ID, secret and session token from one place."
      : command === null
        ? "Sign in (aws sso login), or set awsAuthRefresh in the settings to the command that does it."
        : "Run that command in a terminal, and see what it says.";
    return finish({ ...found, ok: false, cause: redactText(`credentials: ${cause}`), fix }, isOfSts ? REFUSED : 1);
  } finally {
    stop.end();
  }
}

/** Why AWS credentials are of no use to a configuration. */
function whyUnused(config: Config): CauseAndFix | undefined {
  const [{ provider, authentication }] = config.endpoints;
  if (authentication.method === "sigv4") return undefined;
  const unsent = explainUnsent({ config, plan: planRequest(config) });
  if (unsent !== undefined && (unsent.subject === "provider" || unsent.subject === "credentials")) return unsent;
  return {
    cause: `credentials: requests to ${PROVIDER_TITLES[provider]} are not signed with AWS credentials (${authentication.source}).`,
    fix: "Unset what stands in their place to sign with AWS credentials, or go on without a login.",
  };
}

async function describe(credentials: AwsCredentials, resolve: () => Promise<Config>): Promise<LoginReport> {
  const { accessKeyId, expiration } = credentials;
  const { endpoints, credentialCommands } = await resolve();
  const { source } = endpoints[0].authentication;
  const hasEnded = expiration !== undefined && expiration <= new Date();
  return {
    ...NOTHING,
    ok: !hasEnded,
    // Where no file has them, a login was to bring them, and the chain of AWS found them.
    source: source === credentialCommands.awsAuthRefresh?.source ? "the chain of AWS" : source,
    accessKeyId: redactForm("credential", accessKeyId),
    expiration: expiration?.toISOString() ?? null,
    cause: hasEnded ? `credentials: they ended at ${expiration.toISOString()}.` : null,
    fix: hasEnded ? "Sign in again; see that awsAuthRefresh is for the profile that is used." : null,
  };
}

/** A command that waits for somebody in a browser is not waited for any longer. */
function unlessStopped<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}
