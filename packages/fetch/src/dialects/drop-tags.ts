import { editBody } from "../body/edit-body.ts";
import { findPaths, preparePaths } from "../body/find-paths.ts";
import { removeMembers } from "../body/remove-members.ts";
import type { Header } from "../header.ts";
import type { Translation } from "../translate/translation.ts";
import type { Rewritten } from "./anthropic-dialect.ts";

const TAGS = /* @__PURE__ */ preparePaths([["tags"]]);
const BETA_HEADER = "anthropic-beta";
const TAGS_BETA = "request-tags-2026-08-21";

/**
 * Takes the tags of a request out, which the Claude API alone takes, with the beta that brings them. No other byte changes.
 *
 * @param request The request as it is written so far.
 * @returns The request without its tags.
 * @see What Claude Code's own gateway 2.1.332 answers at `GET /protocol`: tags are taken out before Bedrock's Messages endpoint.
 */
export function dropTags(request: Rewritten): Rewritten {
  return dropField(dropBeta(request));
}

const reason = "only the Claude API takes tags of a request";

function dropField(request: Rewritten): Rewritten {
  const { body } = request;
  if (!(body instanceof Uint8Array) || body.length === 0) return request;
  const { found } = findPaths(body, TAGS);
  if (found.length === 0) return request;
  const edits = removeMembers(found);
  const moved = request.translations.map((translation) => withRangeAfter(translation, edits));
  const dropped = found.map(({ name }): Translation => ({
    action: "drop",
    subject: `body.${name}`,
    place: null,
    before: null,
    after: null,
    reason,
    range: null,
  }));
  return { ...request, body: editBody(body, edits).body, translations: [...moved, ...dropped] };
}

/** Where a range stands when parts before it are gone. */
function withRangeAfter(translation: Translation, edits: readonly { start: number; end: number }[]): Translation {
  const { range } = translation;
  if (range === null) return translation;
  const gone = edits.filter(({ end }) => end <= range.start).reduce((sum, { start, end }) => sum + end - start, 0);
  return { ...translation, range: { start: range.start - gone, end: range.end - gone } };
}

function dropBeta(request: Rewritten): Rewritten {
  const before = request.headers.find(([name]) => name === BETA_HEADER)?.[1];
  const flags = before?.split(",").map((flag) => flag.trim()) ?? [];
  if (before === undefined || !flags.includes(TAGS_BETA)) return request;
  const after = flags.filter((flag) => flag !== TAGS_BETA).join(",");
  const others = request.headers.filter(([name]) => name !== BETA_HEADER);
  const headers: readonly Header[] = after === "" ? others : [...others, [BETA_HEADER, after]];
  const change = { place: null, reason, range: null, subject: `header.${BETA_HEADER}` };
  const translation: Translation = { ...change, action: "drop", before: TAGS_BETA, after: null };
  return { ...request, headers, translations: [...request.translations, translation] };
}
