import { parseServiceHost } from "@claude-on-aws/endpoints";
import { DEFAULT_BASE_URLS } from "./default-base-urls.ts";
import { describeProblem } from "./describe-problem.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import { PROVIDER_TITLES, type Provider } from "./provider.ts";
import type { Sourced } from "./settings.ts";

interface BaseUrlRow {
  readonly variable: string;
  /** `{region}` stands for the region; null where there is no default. */
  readonly fallback: string | null;
  /** Whether a host belongs to the provider. */
  readonly isOwn: (hostname: string) => boolean;
}

const ofService =
  (provider: Provider) =>
  (hostname: string): boolean =>
    parseServiceHost(hostname)?.provider === provider;

/** The base URL of each provider: variable, default, and the hosts that are its own. */
const BASE_URLS: Readonly<Record<Provider, BaseUrlRow>> = /* @__PURE__ */ (() => ({
  "anthropic-aws": {
    variable: "ANTHROPIC_AWS_BASE_URL",
    fallback: DEFAULT_BASE_URLS["anthropic-aws"],
    isOwn: ofService("anthropic-aws"),
  },
  bedrock: {
    variable: "ANTHROPIC_BEDROCK_BASE_URL",
    fallback: DEFAULT_BASE_URLS.bedrock,
    isOwn: ofService("bedrock"),
  },
  mantle: {
    variable: "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    fallback: DEFAULT_BASE_URLS.mantle,
    isOwn: ofService("mantle"),
  },
  foundry: {
    variable: "ANTHROPIC_FOUNDRY_BASE_URL",
    fallback: null,
    isOwn: (hostname) => hostname.endsWith(".services.ai.azure.com"),
  },
  vertex: {
    variable: "ANTHROPIC_VERTEX_BASE_URL",
    fallback: "https://aiplatform.googleapis.com",
    isOwn: (hostname) => hostname.endsWith("aiplatform.googleapis.com"),
  },
  anthropic: {
    variable: "ANTHROPIC_BASE_URL",
    fallback: "https://api.anthropic.com",
    isOwn: (hostname) => hostname === "api.anthropic.com",
  },
}))();

/** What {@link resolveBaseUrl} finds. */
export interface BaseUrlResult {
  readonly baseUrl: Sourced<string> | null;
  readonly problems: readonly Problem[];
}

/**
 * Finds where a provider is reached. A path is kept; of several slashes at its end the client drops one.
 *
 * @param provider The provider.
 * @param region Its region; null where it has none.
 * @param environment The variables.
 * @returns The base URL, null where there is none, and what is wrong with it.
 */
export function resolveBaseUrl(provider: Provider, region: string | null, environment: Environment): BaseUrlResult {
  const { variable, fallback } = BASE_URLS[provider];
  const given = environment.text(variable);
  if (given !== undefined) return checkBaseUrl(given, provider);
  const problems = otherProvidersUrl(provider, environment);
  const resource = provider === "foundry" ? environment.text("ANTHROPIC_FOUNDRY_RESOURCE") : undefined;
  if (resource !== undefined) {
    const value = `https://${resource.value}.services.ai.azure.com/anthropic`;
    return { baseUrl: { value, source: resource.source }, problems };
  }
  if (fallback === null) {
    problems.push(describeProblem("baseUrlMissing", { variable }));
    return { baseUrl: null, problems };
  }
  if (fallback.includes("{region}") && region === null) return { baseUrl: null, problems };
  const value = fallback.replace("{region}", region ?? "");
  // An old client accepts any text as a region.
  if (!URL.canParse(value)) {
    problems.push(describeProblem("baseUrlMalformed", { source: "AWS_REGION" }));
    return { baseUrl: null, problems };
  }
  return { baseUrl: { value, source: "default" }, problems };
}

const ENDS_WITH_V1 = /\/v1\/*$/;
const SLASHES_BEHIND_HOST = /^(https?:\/\/[^/?#]*)\/+/i;

/**
 * Drops what the client does not send of the slashes in a base URL: one at the end, and all but one behind the host.
 *
 * @param text The base URL.
 * @returns What the path of a request, which begins with a slash, is appended to.
 *
 * @see Observed in Claude Code 2.1.332, for every provider.
 */
function trimSlashes(text: string): string {
  const trimmed = text.endsWith("/") ? text.slice(0, -1) : text;
  return trimmed.replace(SLASHES_BEHIND_HOST, (matched: string, origin: string) =>
    matched.length === trimmed.length ? origin : `${origin}/`,
  );
}

function checkBaseUrl(given: Sourced<string>, provider: Provider): BaseUrlResult {
  const value = trimSlashes(given.value);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    const problem: Problem = describeProblem("baseUrlMalformed", { source: given.source });
    return { baseUrl: null, problems: [problem] };
  }
  const problems: Problem[] = [];
  if (ENDS_WITH_V1.test(url.pathname)) {
    problems.push(describeProblem("baseUrlHasV1", { source: given.source, path: url.pathname }));
  }
  if (!BASE_URLS[provider].isOwn(url.hostname)) {
    for (const other of Object.keys(BASE_URLS) as Provider[]) {
      if (other === provider || !BASE_URLS[other].isOwn(url.hostname)) continue;
      problems.push(
        describeProblem("hostOfOtherProvider", {
          source: given.source,
          other: PROVIDER_TITLES[other],
          host: url.hostname,
          provider: PROVIDER_TITLES[provider],
          otherVariable: BASE_URLS[other].variable,
        }),
      );
    }
  }
  return { baseUrl: { value, source: given.source }, problems };
}

// Whoever set another provider's base URL, and not this one's, expects it to be used.
function otherProvidersUrl(provider: Provider, environment: Environment): Problem[] {
  const problems: Problem[] = [];
  for (const other of Object.keys(BASE_URLS) as Provider[]) {
    if (other === provider) continue;
    const given = environment.text(BASE_URLS[other].variable);
    if (given === undefined) continue;
    problems.push(
      describeProblem("baseUrlOfOtherProvider", {
        source: given.source,
        provider: PROVIDER_TITLES[provider],
        variable: BASE_URLS[provider].variable,
      }),
    );
  }
  return problems;
}
