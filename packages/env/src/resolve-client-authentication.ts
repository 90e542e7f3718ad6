import {
  CLAUDE_SERVICES,
  KEY_FAMILY_TITLES,
  type KeyFamily,
  keyFamily,
  parseBearer,
  type SigningService,
} from "@claude-on-aws/endpoints";
import { describeProblem } from "./describe-problem.ts";
import type { Authentication } from "./config.ts";
import type { CommandOutputs, CredentialCommand } from "./credentials.ts";
import type { Environment } from "./environment.ts";
import type { CustomHeader } from "./parse-custom-headers.ts";
import { parseSwitch } from "./parse-switch.ts";
import type { Problem } from "./problem.ts";
import { PROVIDER_TITLES, type Provider } from "./provider.ts";
import { refreshCredentials } from "./refresh-credentials.ts";
import { fromCommand, type CredentialResult } from "./resolve-credentials.ts";
import type { Sourced } from "./settings.ts";

/** What {@link resolveClientAuthentication} looks at. */
export interface AuthenticationSources {
  readonly provider: Provider;
  readonly environment: Environment;
  readonly apiKeyHelper: Sourced<string> | null;
  readonly outputs: CommandOutputs;
  /** Headers that were asked for; some take the place of authentication that the client does not have. */
  readonly customHeaders: readonly CustomHeader[];
  /** The command that signs somebody in, where the client would run it. */
  readonly awsAuthRefresh: Sourced<string> | null;
  /** Walks the credential chain; called only if a signature is needed, or to say what a key hides. */
  readonly chain: () => CredentialResult;
}

/** What {@link resolveClientAuthentication} finds. */
export interface AuthenticationResult {
  readonly authentication: Authentication;
  readonly command: CredentialCommand | null;
  readonly problems: readonly Problem[];
}

interface AwsRow {
  readonly service: SigningService;
  readonly skip: string;
  /** The variable of the provider's own key, the header that it is sent in, and whether skipping drops it. */
  readonly key: string;
  readonly keyMethod: "api-key" | "bearer";
  readonly skipDropsKey: boolean;
  /** What a gateway's token is sent as where authentication is skipped. */
  readonly tokenMethod: "both" | "bearer";
  /** Whether a Console key goes along with the token where authentication is skipped. */
  readonly skipAddsConsoleKey: boolean;
  readonly family: KeyFamily;
}

/** How the AWS providers authenticate. @see Observed in Claude Code 2.1.329. */
const AWS_ROWS: Readonly<Partial<Record<Provider, AwsRow>>> = /* @__PURE__ */ (() => ({
  "anthropic-aws": {
    service: CLAUDE_SERVICES["anthropic-aws"].signingService,
    skip: "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
    key: "ANTHROPIC_AWS_API_KEY",
    keyMethod: "api-key",
    skipDropsKey: true,
    tokenMethod: "both",
    skipAddsConsoleKey: false,
    family: "anthropic-aws",
  },
  bedrock: {
    service: CLAUDE_SERVICES.bedrock.signingService,
    skip: "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
    key: "AWS_BEARER_TOKEN_BEDROCK",
    keyMethod: "bearer",
    skipDropsKey: false,
    tokenMethod: "bearer",
    skipAddsConsoleKey: true,
    family: "bedrock",
  },
  mantle: {
    service: CLAUDE_SERVICES.mantle.signingService,
    skip: "CLAUDE_CODE_SKIP_MANTLE_AUTH",
    key: "AWS_BEARER_TOKEN_BEDROCK",
    keyMethod: "bearer",
    skipDropsKey: false,
    tokenMethod: "bearer",
    skipAddsConsoleKey: false,
    family: "bedrock",
  },
}))();

const CUSTOM_HEADERS_VARIABLE = "ANTHROPIC_CUSTOM_HEADERS";
// What the client sends in place of a token for Foundry.
const SKIPPED_FOUNDRY_TOKEN = "skip-foundry-auth";

const KEY_VARIABLES = [
  "ANTHROPIC_AWS_API_KEY",
  "AWS_BEARER_TOKEN_BEDROCK",
  "ANTHROPIC_FOUNDRY_API_KEY",
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
] as const;

/**
 * Finds how Claude Code authenticates its requests to a provider. What the SDKs do is for `@claude-on-aws/auth` to say.
 *
 * @param sources The provider, and everything that can decide for it.
 * @returns How requests are authenticated, the command that would complete it, and what is wrong.
 */
export function resolveClientAuthentication(sources: AuthenticationSources): AuthenticationResult {
  const problems: Problem[] = [];
  const row = AWS_ROWS[sources.provider];
  const used = new Set<string>();
  const result = row === undefined ? withKey(sources, used, problems) : withAws(sources, row, used, problems);
  for (const name of KEY_VARIABLES) {
    const entry = sources.environment.raw(name);
    if (entry === undefined) continue;
    if (used.has(name)) checkKey(entry, problems);
    else problems.push(ignored(entry, sources.provider));
  }
  const { method, source } = result.authentication;
  const customKey = sources.customHeaders.some(([name]) => name === "x-api-key");
  if (row !== undefined && (method === "both" || (customKey && (method === "sigv4" || method === "bearer")))) {
    problems.push(
      describeProblem("bothAuthHeaders", { source, keySource: customKey ? CUSTOM_HEADERS_VARIABLE : source }),
    );
  }
  return { ...result, problems };
}

type Found = Omit<AuthenticationResult, "problems">;

function withAws(sources: AuthenticationSources, row: AwsRow, used: Set<string>, problems: Problem[]): Found {
  const { environment, provider } = sources;
  const skip = environment.text(row.skip);
  const skipped = parseSwitch(skip?.value);
  const key = skipped && row.skipDropsKey ? undefined : environment.text(row.key);
  if (key !== undefined) {
    used.add(row.key);
    checkFamily(key, [row.family], provider, problems);
    if (!skipped) {
      const chain = sources.chain();
      if (chain.source !== null) {
        problems.push(
          describeProblem("credentialsHiddenByKey", {
            credentials: chain.source,
            source: key.source,
            variable: row.key,
          }),
        );
      }
    }
    if (row.keyMethod === "api-key") {
      return { authentication: { method: "api-key", source: key.source, key: key.value }, command: null };
    }
    return withToken(sources, row, skipped, { ...key, command: null }, used);
  }
  if (skipped && skip !== undefined) {
    const token = gatewayToken(sources, used, problems) ?? customToken(sources);
    if (token === null) return { authentication: { method: "none", source: skip.source }, command: null };
    return withToken(sources, row, skipped, token, used);
  }
  const chain = refreshCredentials(sources.chain(), sources.awsAuthRefresh);
  problems.push(...chain.problems);
  if (chain.source === null) return { authentication: { method: "none", source: "not found" }, command: null };
  const { source, credentials, command } = chain;
  return { authentication: { method: "sigv4", source, service: row.service, credentials }, command };
}

function withToken(
  sources: AuthenticationSources,
  row: AwsRow,
  skipped: boolean,
  token: Token,
  used: Set<string>,
): Found {
  const { source, value, command } = token;
  const name = "ANTHROPIC_API_KEY";
  const consoleKey = skipped && row.skipAddsConsoleKey ? sources.environment.text(name) : undefined;
  if (consoleKey !== undefined) {
    used.add(name);
    const both = `${source}, ${consoleKey.source}`;
    return { authentication: { method: "both", source: both, token: value, key: consoleKey.value }, command };
  }
  const authentication: Authentication =
    skipped && row.tokenMethod === "both"
      ? { method: "both", source, token: value, key: value }
      : { method: "bearer", source, token: value };
  return { authentication, command };
}

interface Token {
  readonly source: string;
  readonly value: string | null;
  readonly command: CredentialCommand | null;
}

function gatewayToken(sources: AuthenticationSources, used: Set<string>, problems: Problem[]): Token | null {
  const token = sources.environment.text("ANTHROPIC_AUTH_TOKEN");
  if (token !== undefined) {
    used.add("ANTHROPIC_AUTH_TOKEN");
    return { ...token, command: null };
  }
  return helperToken(sources, problems);
}

/** Where the client has no bearer token of its own, one among the custom headers counts. */
function customToken({ customHeaders }: AuthenticationSources): Token | null {
  const value = customHeaders.find(([name]) => name === "authorization")?.[1];
  if (value === undefined) return null;
  return { source: CUSTOM_HEADERS_VARIABLE, value: parseBearer(value) ?? value, command: null };
}

function helperToken({ apiKeyHelper, outputs }: AuthenticationSources, problems: Problem[]): Token | null {
  if (apiKeyHelper === null) return null;
  const output = outputs.apiKeyHelper;
  if (output === undefined) {
    problems.push(fromCommand(apiKeyHelper.source, "The key comes"));
    return {
      source: apiKeyHelper.source,
      value: null,
      command: { setting: "apiKeyHelper", command: apiKeyHelper.value },
    };
  }
  const value = output?.trim() ?? "";
  if (value !== "") return { source: apiKeyHelper.source, value, command: null };
  problems.push(describeProblem("noKeyFromCommand", { source: apiKeyHelper.source }));
  return null;
}

function withKey(sources: AuthenticationSources, used: Set<string>, problems: Problem[]): Found {
  const { environment, provider } = sources;
  if (provider === "vertex") return { authentication: { method: "none", source: "not planned" }, command: null };
  if (provider === "foundry") {
    const key = environment.text("ANTHROPIC_FOUNDRY_API_KEY");
    const skip = environment.text("CLAUDE_CODE_SKIP_FOUNDRY_AUTH");
    if (key !== undefined) {
      used.add("ANTHROPIC_FOUNDRY_API_KEY");
      return { authentication: { method: "api-key", source: key.source, key: key.value }, command: null };
    }
    if (skip !== undefined && parseSwitch(skip.value)) {
      const authentication: Authentication = { method: "bearer", source: skip.source, token: SKIPPED_FOUNDRY_TOKEN };
      return { authentication, command: null };
    }
    return {
      authentication: { method: "bearer", source: "Azure's default credentials", token: null },
      command: null,
    };
  }
  return withConsoleKey(sources, used, problems);
}

function withConsoleKey(sources: AuthenticationSources, used: Set<string>, problems: Problem[]): Found {
  const { environment, provider } = sources;
  const found = environment.text("ANTHROPIC_AUTH_TOKEN");
  if (found !== undefined) used.add("ANTHROPIC_AUTH_TOKEN");
  const key = environment.text("ANTHROPIC_API_KEY");
  if (key !== undefined) {
    used.add("ANTHROPIC_API_KEY");
    checkFamily(key, ["console", "oauth"], provider, problems);
  }
  // A helper's key takes the place of whichever of the two is missing.
  const helper = found === undefined || key === undefined ? helperToken(sources, problems) : null;
  const command = helper?.command ?? null;
  const token = found ?? helper ?? customToken(sources);
  const sentKey = key ?? helper;
  if (token !== null && sentKey !== null) {
    const source = token.source === sentKey.source ? token.source : `${token.source}, ${sentKey.source}`;
    return { authentication: { method: "both", source, token: token.value, key: sentKey.value }, command };
  }
  if (sentKey !== null) {
    return { authentication: { method: "api-key", source: sentKey.source, key: sentKey.value }, command };
  }
  if (token !== null) {
    return { authentication: { method: "bearer", source: token.source, token: token.value }, command };
  }
  const session = environment.text("CLAUDE_CODE_OAUTH_TOKEN");
  if (session !== undefined) {
    return { authentication: { method: "bearer", source: session.source, token: session.value }, command: null };
  }
  problems.push(describeProblem("consoleKeyNotFound"));
  return { authentication: { method: "none", source: "not found" }, command: null };
}

function checkFamily(
  key: Sourced<string>,
  expected: readonly KeyFamily[],
  provider: Provider,
  problems: Problem[],
): void {
  const family = keyFamily(key.value);
  if (family === "unknown" || expected.includes(family)) return;
  problems.push(
    describeProblem("keyOfWrongFamily", {
      source: key.source,
      family: KEY_FAMILY_TITLES[family],
      provider: PROVIDER_TITLES[provider],
    }),
  );
}

function checkKey(entry: Sourced<string>, problems: Problem[]): void {
  const key = entry.value.trim();
  if (/[\r\n\0]/.test(key)) {
    problems.push(describeProblem("keyLineBreak", { source: entry.source }));
  } else if (key !== entry.value || /\s/.test(key)) {
    problems.push(
      describeProblem("keyWhitespace", {
        source: entry.source,
        where: key === entry.value ? "inside" : "around it, which is cut off",
      }),
    );
  }
}

function ignored(entry: Sourced<string>, provider: Provider): Problem {
  return describeProblem("keyIgnored", { source: entry.source, provider: PROVIDER_TITLES[provider] });
}
