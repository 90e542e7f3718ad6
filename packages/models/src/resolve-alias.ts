import { compareVersions } from "@claude-on-aws/endpoints";
import { ALIAS_HISTORY, type ModelAlias, type ModelProvider } from "./aliases.ts";
import type { ModelFamily } from "./model-families.ts";

/** What an alias stands for. */
export interface AliasMeaning {
  /** The word that decided: `opus` for `default`, `sonnet` for `opusplan` outside plan mode. */
  readonly alias: ModelFamily;
  /** The id of the first party; for Foundry, the name of the deployment. */
  readonly id: string;
}

/**
 * Says what an alias means to a version of Claude Code.
 *
 * @example Usage
 * ```ts
 * import { resolveAlias } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(resolveAlias("opus", "anthropic-aws", "2.1.197").id, "claude-opus-4-7");
 * equal(resolveAlias("opus", "anthropic-aws", "2.1.329").id, "claude-opus-5-5");
 * ```
 *
 * @param alias The alias.
 * @param provider The provider that gets the request.
 * @param clientVersion The version, as dotted numbers.
 * @returns The id, before any pin, override or profile.
 */
export function resolveAlias(alias: ModelAlias, provider: ModelProvider, clientVersion: string): AliasMeaning {
  const words = ALIAS_HISTORY[provider];
  let word: ModelAlias = alias;
  // `default` → `opus` → an id: no chain is longer.
  for (;;) {
    const history = words[word];
    const meaning =
      history.findLast(([since]) => compareVersions(clientVersion, since) >= 0)?.[1] ?? history[0]?.[1] ?? "";
    if (!Object.hasOwn(words, meaning)) return { alias: word as ModelFamily, id: meaning };
    word = meaning as ModelAlias;
  }
}
