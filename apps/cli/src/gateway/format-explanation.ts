import type { ExplainedUpstream, Explanation } from "@claude-on-aws/gateway";
import type { TranslationRow } from "./translation-table.ts";

const USD = 1_000_000;

/**
 * Writes for people what a gateway would do with a request.
 *
 * @param explanation What it would do.
 * @returns The lines.
 */
export function formatExplanation({
  caller,
  route,
  model,
  upstreams,
  bound,
  refusals,
}: Explanation): readonly string[] {
  const groups = caller === null || caller.groups.length === 0 ? "" : `, of ${caller.groups.join(", ")}`;
  return [
    `caller    ${caller === null ? "nobody that is known; what follows is for somebody without limits" : `${caller.name} (${caller.proof})${groups}`}`,
    `route     ${route === null ? "none" : `${route.operation}, in the form of ${FORMS[route.form]}`}`,
    `model     ${model ?? "none"}`,
    ...upstreams.flatMap((upstream, index) => formatUpstream(upstream, index)),
    `budget    ${bound === null ? "nothing is reserved" : `at most ${bound.inputTokens} tokens in, ${bound.outputTokens} out, $${(bound.microUsd / USD).toFixed(6)}`}`,
    ...refusals.map(({ code, status, message }) => `refused   ${status} ${code}: ${message}`),
  ];
}

const FORMS: Readonly<Record<"messages" | "mantle" | "bedrock", string>> = {
  messages: "the Messages API",
  mantle: "Bedrock's Messages endpoint",
  bedrock: "Amazon Bedrock",
};

function formatUpstream(
  { name, provider, region, model, request, translations, refusal }: ExplainedUpstream,
  index: number,
): readonly string[] {
  return [
    `${index === 0 ? "upstream" : "or      "}  ${name}: ${provider} in ${region}${model === null ? "" : `, as ${model}`}`,
    ...(request === null ? [] : [`            ${request.method} ${request.url}`]),
    ...translations.map(({ action, subject, place, before, after, reason }) => {
      const change = [before, place ?? after].filter((part) => part !== null).join(" -> ");
      return `            ${action} ${subject}${change === "" ? "" : ` ${change}`}, because ${reason}`;
    }),
    ...(refusal === null ? [] : [`            refused: ${refusal.status} ${refusal.code}: ${refusal.message}`]),
  ];
}

/**
 * Writes what is translated for Amazon Bedrock.
 *
 * @param rows The table.
 * @returns The lines.
 */
export function formatTranslationTable(rows: readonly TranslationRow[]): readonly string[] {
  const width = Math.max(...rows.map(({ subject }) => subject.length));
  return rows.map(
    ({ subject, decision, as, reason }) =>
      `  ${subject.padEnd(width)}  ${decision}${as === null ? "" : ` -> ${as}`} (${reason})`,
  );
}
