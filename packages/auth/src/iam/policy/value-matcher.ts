import type { ConditionOperator } from "./condition-operators.ts";
import { fillPattern } from "./fill-pattern.ts";
import { isInRange, parseIpRange } from "./parse-ip-range.ts";
import { parseInstant } from "./parse-instant.ts";
import { parsePattern } from "./parse-pattern.ts";
import type { RequestContext } from "./request-context.ts";
import type { Pattern, Piece } from "./pattern.ts";
import { matchPattern } from "./wildcard.ts";

/** Says whether a value of a request matches one of a policy. */
export type ValueMatcher = (value: string, context: RequestContext) => boolean;

/**
 * Makes the function that compares with one value of a policy; whether the
 * operator is negated is left to the caller.
 *
 * @param operator What is compared, and how.
 * @param text The value in the policy.
 * @param hasVariables Whether `${…}` is a variable in it.
 * @returns The function; `undefined` if the operator does not accept the value.
 */
export function valueMatcher(
  { kind, comparison }: ConditionOperator,
  text: string,
  hasVariables: boolean,
): ValueMatcher | undefined {
  switch (kind) {
    case "string":
      return stringMatcher(text, comparison, hasVariables);
    case "arn":
      return arnMatcher(text, hasVariables);
    case "numeric":
      return orderMatcher(text, comparison, parseDecimal);
    case "date":
      return orderMatcher(text, comparison, parseInstant);
    case "bool": {
      const pattern = parsePattern(text, { wildcards: false, variables: hasVariables });
      if (pattern.some(({ kind: piece }) => piece === "variable")) {
        return stringMatcher(text, "equals-ignore-case", hasVariables);
      }
      const expected = text.toLowerCase();
      if (expected !== "true" && expected !== "false") return undefined;
      return (value) => value.toLowerCase() === expected;
    }
    case "null":
      return text === "true" || text === "false" ? (value) => value === text : undefined;
    case "binary": {
      const expected = decodeBase64(text);
      return expected === undefined ? undefined : (value) => decodeBase64(value) === expected;
    }
    case "ip": {
      const range = parseIpRange(text);
      if (range === undefined) return undefined;
      return (value) => {
        const address = value.includes("/") ? undefined : parseIpRange(value);
        return address !== undefined && isInRange(address, range);
      };
    }
  }
}

function stringMatcher(text: string, comparison: ConditionOperator["comparison"], variables: boolean): ValueMatcher {
  const pattern = parsePattern(text, { wildcards: comparison === "like", variables });
  const isPlain = pattern.every(({ kind }) => kind === "text");
  if (comparison === "equals-ignore-case") {
    return (value, context) => {
      const filled = fillPattern(pattern, context);
      return filled !== undefined && plainText(filled).toLowerCase() === value.toLowerCase();
    };
  }
  if (isPlain) {
    const expected = plainText(pattern);
    return (value) => value === expected;
  }
  return (value, context) => {
    const filled = fillPattern(pattern, context);
    return filled !== undefined && matchPattern(filled, value);
  };
}

const plainText = (pattern: Pattern): string =>
  pattern.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");

function arnMatcher(text: string, variables: boolean): ValueMatcher | undefined {
  const pattern = parsePattern(text, { wildcards: true, variables });
  const hasVariable = pattern.some(({ kind }) => kind === "variable");
  if (!hasVariable && (!text.startsWith("arn:") || splitArnPattern(pattern) === undefined)) return undefined;
  return (value, context) => {
    const filled = fillPattern(pattern, context);
    const parts = filled === undefined ? undefined : splitArnPattern(filled);
    const values = splitArn(value);
    return (
      parts !== undefined &&
      values !== undefined &&
      parts.every((part, index) => matchPattern(part, values[index] ?? ""))
    );
  };
}

/** Splits an ARN into its six parts; the last keeps its colons. */
function splitArn(text: string): string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function splitArnPattern(pattern: Pattern): Pattern[] | undefined {
  const parts: Piece[][] = [[]];
  for (const piece of pattern) {
    if (piece.kind !== "text") {
      parts.at(-1)?.push(piece);
      continue;
    }
    let rest = piece.text;
    while (parts.length < 6 && rest.includes(":")) {
      const colon = rest.indexOf(":");
      if (colon > 0) parts.at(-1)?.push({ kind: "text", text: rest.slice(0, colon) });
      parts.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== "") parts.at(-1)?.push({ kind: "text", text: rest });
  }
  return parts.length < 6 ? undefined : parts;
}

function orderMatcher(
  text: string,
  comparison: ConditionOperator["comparison"],
  parse: (text: string) => number | undefined,
): ValueMatcher | undefined {
  const expected = parse(text);
  if (expected === undefined) return undefined;
  return (value) => {
    const found = parse(value);
    if (found === undefined) return false;
    if (comparison === "less") return found < expected;
    if (comparison === "less-or-equal") return found <= expected;
    if (comparison === "greater") return found > expected;
    return comparison === "greater-or-equal" ? found >= expected : found === expected;
  };
}

const DECIMAL = /^[+-]?\d{1,300}(?:\.\d{1,300})?$/;

function parseDecimal(text: string): number | undefined {
  return DECIMAL.test(text) ? Number(text) : undefined;
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
