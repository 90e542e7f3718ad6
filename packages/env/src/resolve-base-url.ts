import { describeProblem } from "./describe-problem.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import { providerTitles, type Provider } from "./provider.ts";
import type { Sourced } from "./settings.ts";

interface BaseUrlRow {
  readonly variable: string;
  /** `{region}` stands for the region; null where there is no default. */
  readonly fallback: string | null;
  /** Hosts that belong to the provider. */
  readonly host: RegExp;
}

/** The base URL of each provider: variable, default, and the hosts that are its own. */
export const baseUrls: Readonly<Record<Provider, BaseUrlRow>> = {
  "anthropic-aws": {
    variable: "ANTHROPIC_AWS_BASE_URL",
    fallback: "https://aws-external-anthropic.{region}.api.aws",
    host: /^aws-external-anthropic\./,
  },
  bedrock: {
    variable: "ANTHROPIC_BEDROCK_BASE_URL",
    fallback: "https://bedrock-runtime.{region}.amazonaws.com",
    host: /^bedrock(?:-runtime)?(?:-fips)?\./,
  },
  mantle: {
    variable: "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    fallback: "https://bedrock-mantle.{region}.api.aws/anthropic",
    host: /^bedrock-mantle\./,
  },
  foundry: { variable: "ANTHROPIC_FOUNDRY_BASE_URL", fallback: null, host: /\.services\.ai\.azure\.com$/ },
  vertex: {
    variable: "ANTHROPIC_VERTEX_BASE_URL",
    fallback: "https://aiplatform.googleapis.com",
    host: /aiplatform\.googleapis\.com$/,
  },
  anthropic: { variable: "ANTHROPIC_BASE_URL", fallback: "https://api.anthropic.com", host: /^api\.anthropic\.com$/ },
};

/** What {@link resolveBaseUrl} finds. */
export interface BaseUrlResult {
  readonly baseUrl: Sourced<string> | null;
  readonly problems: readonly Problem[];
}

/**
 * Finds where a provider is reached. Slashes at the end are taken off; a path is kept.
 *
 * @param provider The provider.
 * @param region Its region; null where it has none.
 * @param environment The variables.
 */
export function resolveBaseUrl(provider: Provider, region: string | null, environment: Environment): BaseUrlResult {
  const { variable, fallback, host } = baseUrls[provider];
  const given = environment.text(variable);
  if (given !== undefined) return checkBaseUrl(given, provider, host);
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
  // An old client takes any text for a region.
  if (!URL.canParse(value)) {
    problems.push(describeProblem("baseUrlMalformed", { source: "AWS_REGION" }));
    return { baseUrl: null, problems };
  }
  return { baseUrl: { value, source: "default" }, problems };
}

function checkBaseUrl(given: Sourced<string>, provider: Provider, host: RegExp): BaseUrlResult {
  let end = given.value.length;
  while (given.value[end - 1] === "/") end -= 1;
  const value = given.value.slice(0, end);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    const problem: Problem = describeProblem("baseUrlMalformed", { source: given.source });
    return { baseUrl: null, problems: [problem] };
  }
  const problems: Problem[] = [];
  if (url.pathname.endsWith("/v1")) {
    problems.push(describeProblem("baseUrlHasV1", { source: given.source, path: url.pathname }));
  }
  if (!host.test(url.hostname)) {
    for (const other of Object.keys(baseUrls) as Provider[]) {
      if (other === provider || !baseUrls[other].host.test(url.hostname)) continue;
      problems.push(
        describeProblem("hostOfOtherProvider", {
          source: given.source,
          other: providerTitles[other],
          host: url.hostname,
          provider: providerTitles[provider],
          otherVariable: baseUrls[other].variable,
        }),
      );
    }
  }
  return { baseUrl: { value, source: given.source }, problems };
}

// Somebody who set another provider's base URL, and not this one's, expects it to be used.
function otherProvidersUrl(provider: Provider, environment: Environment): Problem[] {
  const problems: Problem[] = [];
  for (const other of Object.keys(baseUrls) as Provider[]) {
    if (other === provider) continue;
    const given = environment.text(baseUrls[other].variable);
    if (given === undefined) continue;
    problems.push(
      describeProblem("baseUrlOfOtherProvider", {
        source: given.source,
        provider: providerTitles[provider],
        variable: baseUrls[provider].variable,
      }),
    );
  }
  return problems;
}
