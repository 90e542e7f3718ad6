/**
 * Types of content whose tokens come out of the bytes that stand in the body. Every other type may stand for more than it says:
 * a document, a file, a page that the service fetches, what is not known yet.
 *
 * Source: https://platform.claude.com/docs/en/api/messages, the types of content of a request, November 2026. A
 * `tool_reference` stands for the definition of a tool of the same body; `encrypted` results of searches are left out, since
 * nobody says how they are packed.
 */
export const BOUNDED_CONTENT: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "text",
  "image",
  "tool_use",
  "tool_result",
  "tool_reference",
  "thinking",
  "redacted_thinking",
  "compaction",
]);

/**
 * Tools of Anthropic's that the client runs. What the service tells the model of them stands in no body; of the others, which
 * run on its server, nobody can say what they bring.
 *
 * Source: https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview, «Pricing», November 2026: up to 735 tokens a
 * tool, and a prompt of up to 804; of tools that came since nothing is printed.
 */
export const CLIENT_TOOLS: RegExp = /^(?:bash|text_editor|computer|memory)_\d{8}$/;

/** What such a tool adds at most, with room to spare. */
export const CLIENT_TOOL_TOKENS = 3_000;

/** What the presence of tools adds at most, with room to spare: the prompt that explains them, see {@link CLIENT_TOOLS}. */
export const TOOL_PROMPT_TOKENS = 4_000;

/**
 * What an image adds at most, however many bytes it has: 2,576 pixels square, of which 750 make a token.
 *
 * Source: https://platform.claude.com/docs/en/build-with-claude/vision, «Image costs»; the limit of the long edge is that of the
 * models since Opus 4.7, before it was 1,568. Measured: at most 4,005 for a photograph of twelve megapixels,
 * https://huggingface.co/datasets/JOHNISKING/image-token-cost.
 */
export const IMAGE_TOKENS = 9_000;

/** Searches that a tool without `max_uses` makes at most before the service pauses, which is after ten rounds by default. */
export const SEARCHES_OF_TOOL = 10;
