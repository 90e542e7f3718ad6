import { compareVersions } from "@claude-on-aws/endpoints";
import { describeProblem } from "./describe-problem.ts";
import type { Provider } from "./provider.ts";
import type { CredentialResult } from "./resolve-credentials.ts";
import type { Sourced } from "./settings.ts";

/**
 * Since which release the client runs `awsAuthRefresh` for a provider.
 *
 * @see {@link https://code.claude.com/docs/en/claude-platform-on-aws | Claude Platform on AWS}, read on 2026-11-21; that it
 * runs where nobody is signed in, on all three, observed in Claude Code 2.1.332.
 */
const REFRESHES_SINCE: Readonly<Partial<Record<Provider, string>>> = {
  bedrock: "0",
  "anthropic-aws": "2.1.198",
  mantle: "2.1.198",
};

/**
 * Says whether the client would run `awsAuthRefresh` for a provider.
 *
 * @param provider The provider.
 * @param clientVersion The client's version.
 * @param awsAuthRefresh The setting.
 * @returns The setting; null where the client does not follow it.
 */
export function followedRefresh(
  provider: Provider,
  clientVersion: string,
  awsAuthRefresh: Sourced<string> | null,
): Sourced<string> | null {
  const since = REFRESHES_SINCE[provider];
  return since !== undefined && compareVersions(clientVersion, since) >= 0 ? awsAuthRefresh : null;
}

/**
 * Puts what `awsAuthRefresh` brings in the place of credentials that nobody found. The client asks STS who it is, and where
 * that fails it runs the command once and walks the chain again; what then is there only the command can say.
 *
 * @param chain What the chain ended with.
 * @param awsAuthRefresh The setting that the client follows; null where there is none.
 * @returns The same where the chain found something or there is no command; otherwise the command as the source.
 */
export function refreshCredentials(chain: CredentialResult, awsAuthRefresh: Sourced<string> | null): CredentialResult {
  if (chain.source !== null || awsAuthRefresh === null) return chain;
  const { source } = awsAuthRefresh;
  const others = chain.problems.filter(({ code }) => code !== "CREDENTIALS_NOT_FOUND");
  return {
    source,
    credentials: null,
    // It opens browsers and waits for people: it is for them to run.
    command: null,
    problems: [...others, describeProblem("signsInFirst", { source })],
  };
}
