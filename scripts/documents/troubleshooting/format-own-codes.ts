import { OWN_REFUSALS, type OwnRefusalCode } from "../../../apps/gateway/src/refusals/own-refusals.ts";
import { refusalOf } from "../../../packages/fetch/src/answer/refusal-answer.ts";
import { pathUnknown } from "../../../packages/fetch/src/dialects/path-unknown.ts";
import { FetchError, type FetchErrorCode } from "../../../packages/fetch/src/fetch-error.ts";
import type { CauseAndFix } from "./explanation.ts";
import type { Language } from "./language.ts";
import { code as asCode, point } from "./markdown.ts";
import { FETCH_CODES, GATEWAY_CODES } from "./own-codes.ts";

/** Where it is known from: the tables of these members. */
const SOURCES = { fetch: "`@claude-on-aws/fetch`", gateway: "`@claude-on-aws/gateway`" } as const;

/**
 * Writes the codes of `fetch`, one entry for each.
 *
 * @returns Markdown.
 */
export function formatFetchCodes(language: Language): string {
  const { title, intro } = language.fetch;
  const codes = Object.keys(FETCH_CODES) as FetchErrorCode[];
  const entries = codes.map((code) => {
    const answer = answerOf(code);
    const shown = answer === undefined ? language.thrown : formatAnswer(answer);
    return formatEntry(`${code} (fetch)`, language.fetchCodes[code], shown, SOURCES.fetch, language);
  });
  return [`## ${title}`, intro, ...entries].join("\n\n");
}

/**
 * Writes the codes of the gateway, one entry for each.
 *
 * @returns Markdown.
 */
export function formatGatewayCodes(language: Language): string {
  const { title, intro } = language.gateway;
  const codes = Object.keys(GATEWAY_CODES) as OwnRefusalCode[];
  const entries = codes.map((code) =>
    formatEntry(
      `${code} (gateway)`,
      language.gatewayCodes[code],
      formatAnswer(OWN_REFUSALS[code]),
      SOURCES.gateway,
      language,
    ),
  );
  return [`## ${title}`, intro, ...entries].join("\n\n");
}

interface Answer {
  readonly status: number;
  readonly type: string;
}

/** How `fetch` answers with a code; undefined where it throws it, or ends a stream with it. */
const answerOf = (code: FetchErrorCode): Answer | undefined =>
  code === "PATH_UNKNOWN" ? pathUnknown({ method: "GET", pathname: "/" }) : refusalOf(new FetchError(code, ""));

const formatAnswer = ({ status, type }: Answer): string => `${status} ${asCode(type)}`;

function formatEntry(
  heading: string,
  { cause, fix }: CauseAndFix,
  answer: string,
  source: string,
  { labels }: Language,
): string {
  const points = [
    point(labels.cause, cause),
    point(labels.fix, fix),
    point(labels.seen, answer),
    point(labels.source, source),
  ];
  return [`### ${heading}`, points.join("\n")].join("\n\n");
}
