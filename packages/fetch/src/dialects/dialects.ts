import type { Config, Provider } from "@claude-on-aws/env";
import { findControlPlane } from "../config/find-control-plane.ts";
import type { Header } from "../header.ts";
import type { Dialect } from "../translate/translation.ts";
import { createAnthropicDialect } from "./anthropic-dialect.ts";
import { dropTags } from "./drop-tags.ts";
import { type ChosenModel, createModelRewriter } from "./rewrite-model.ts";

/** What the dialect of any provider is made of. */
interface DialectInput {
  readonly config: Config;
  /** Where the provider is reached; without a slash at its end. */
  readonly baseUrl: string;
  /** Headers that the configuration adds to each request, but for those of authentication. */
  readonly headers: readonly Header[];
  /** Names a client's model for the provider. */
  readonly chooseModel: (asked: string) => ChosenModel;
}

/** Makes the dialect of a provider; as a promise where that has to be loaded. */
type MakeDialect = (input: DialectInput) => Dialect | Promise<Dialect>;

/** The providers that requests can be sent to, and how each is spoken to. */
export const DIALECTS: Readonly<Partial<Record<Provider, MakeDialect>>> = {
  "anthropic-aws": ({ baseUrl, headers, chooseModel }) =>
    createAnthropicDialect({
      provider: "anthropic-aws",
      baseUrl,
      headers,
      rewrite: createModelRewriter(chooseModel),
    }),
  bedrock: async (input) => {
    // The translation weighs as much as all the rest: who is not on Amazon Bedrock does not load it.
    const { createBedrockDialect } = await import("./bedrock/bedrock-dialect.ts");
    return createBedrockDialect({ ...input, controlUrl: controlUrlOf(input) });
  },
  mantle: ({ baseUrl, headers, chooseModel }) => {
    const rewrite = createModelRewriter(chooseModel);
    return createAnthropicDialect({
      provider: "mantle",
      baseUrl,
      headers,
      rewrite: (request) => dropTags(rewrite(request)),
    });
  },
};

function controlUrlOf({ config }: DialectInput): string | null {
  const found = findControlPlane(config);
  return found === null ? null : found.origin + found.path;
}
