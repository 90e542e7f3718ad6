import { type Fields, isFields } from "./fields.ts";

/** What a place in a source is called on either side, and its fields there. */
interface LocationRow {
  readonly converse: string;
  readonly claude: string;
  readonly fields: readonly (readonly [converse: string, claude: string])[];
}

/**
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CitationLocation.html | CitationLocation}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/citations | Citations}
 */
const LOCATIONS: readonly LocationRow[] = [
  {
    converse: "documentChar",
    claude: "char_location",
    fields: [
      ["documentIndex", "document_index"],
      ["start", "start_char_index"],
      ["end", "end_char_index"],
    ],
  },
  {
    converse: "documentPage",
    claude: "page_location",
    fields: [
      ["documentIndex", "document_index"],
      ["start", "start_page_number"],
      ["end", "end_page_number"],
    ],
  },
  {
    converse: "documentChunk",
    claude: "content_block_location",
    fields: [
      ["documentIndex", "document_index"],
      ["start", "start_block_index"],
      ["end", "end_block_index"],
    ],
  },
  {
    converse: "searchResultLocation",
    claude: "search_result_location",
    fields: [
      ["searchResultIndex", "search_result_index"],
      ["start", "start_block_index"],
      ["end", "end_block_index"],
    ],
  },
  { converse: "web", claude: "web_search_result_location", fields: [["url", "url"]] },
];

/** Name of the title in a citation of Claude: only documents have another one. */
const titleOf = (row: LocationRow): string =>
  row.fields.some(([, claude]) => claude === "document_index") ? "document_title" : "title";

/**
 * Turns a citation of Converse into one of the Messages API.
 *
 * @example Usage
 * ```ts
 * import { citationFromConverse } from "@claude-on-aws/streaming/claude";
 * import { deepEqual } from "node:assert/strict";
 *
 * const location = { web: { url: "https://example.com" } };
 * deepEqual(citationFromConverse({ title: "A page", sourceContent: [{ text: "It rains." }], location }), {
 *   type: "web_search_result_location",
 *   cited_text: "It rains.",
 *   title: "A page",
 *   url: "https://example.com",
 * });
 * ```
 *
 * @param citation The citation.
 * @returns The same for the Messages API; `citation` itself where its place is unknown.
 */
export function citationFromConverse(citation: unknown): unknown {
  if (!isFields(citation)) return citation;
  const location = isFields(citation["location"]) ? citation["location"] : {};
  const row = LOCATIONS.find(({ converse }) => isFields(location[converse]));
  if (row === undefined) return citation;
  const place = location[row.converse] as Fields;
  const { title, source, sourceContent } = citation;
  const parts: readonly unknown[] = Array.isArray(sourceContent) ? sourceContent : [];
  return {
    type: row.claude,
    cited_text: parts.map((part) => (isFields(part) && typeof part["text"] === "string" ? part["text"] : "")).join(""),
    ...(title !== undefined && { [titleOf(row)]: title }),
    ...(source !== undefined && { source }),
    ...Object.fromEntries(row.fields.map(([converse, claude]) => [claude, place[converse]])),
  };
}

/**
 * Turns a citation of the Messages API into one of Converse.
 *
 * @example Usage
 * ```ts
 * import { citationToConverse } from "@claude-on-aws/streaming/claude";
 * import { deepEqual } from "node:assert/strict";
 *
 * const url = "https://example.com";
 * deepEqual(citationToConverse({ type: "web_search_result_location", cited_text: "It rains.", url }), {
 *   sourceContent: [{ text: "It rains." }],
 *   location: { web: { url } },
 * });
 * ```
 *
 * @param citation The citation.
 * @returns The same for Converse; `citation` itself where its type is unknown.
 */
export function citationToConverse(citation: unknown): unknown {
  if (!isFields(citation)) return citation;
  const row = LOCATIONS.find(({ claude }) => claude === citation["type"]);
  if (row === undefined) return citation;
  const title = citation[titleOf(row)];
  const { source, cited_text: text } = citation;
  return {
    ...(title !== undefined && title !== null && { title }),
    ...(source !== undefined && { source }),
    ...(typeof text === "string" && { sourceContent: [{ text }] }),
    location: {
      [row.converse]: Object.fromEntries(row.fields.map(([converse, claude]) => [converse, citation[claude]])),
    },
  };
}
