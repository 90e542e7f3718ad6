import { BETA_FIELDS, findCapabilities, type ModelCapabilities, TOOL_BETAS_ON_BEDROCK } from "@claude-on-aws/models";
import { editBody } from "../../body/edit-body.ts";
import { findPaths, type FoundPath, preparePaths } from "../../body/find-paths.ts";
import { readAscii } from "../../body/read-text.ts";
import { removeMembers } from "../../body/remove-members.ts";
import type { LongStrings } from "../../body/skip-string.ts";
import { FetchError } from "../../fetch-error.ts";
import { remember } from "../../translate/remember.ts";
import type { Translation } from "../../translate/translation.ts";
import { FIELD_DECISIONS, type FieldDecision } from "./field-decisions.ts";
import { translateBetas, type UnknownBetas } from "./translate-betas.ts";

/** A body of InvokeModel, and what was changed for it. */
export interface WrittenInvocation {
  readonly body: Uint8Array;
  readonly translations: readonly Translation[];
}

/** What a body of InvokeModel is written by. */
export interface InvocationOptions {
  /** Values of the header `anthropic-beta`. */
  readonly betas: readonly string[];
  readonly unknownBetas: UnknownBetas;
  /** The model as Amazon Bedrock is asked for it. */
  readonly model: string;
  /** Strings of the body whose ends are known. */
  readonly longStrings?: LongStrings | undefined;
}

/** The version of the Messages API on Amazon Bedrock, as Claude Code 2.1.332 sends it. */
const BEDROCK_VERSION = "bedrock-2023-05-31";

const MODEL = ["model"];
const STREAM = ["stream"];
const VERSION = ["anthropic_version"];
const BETAS = ["anthropic_beta"];
const TOOL_TYPE = ["tools", "*", "type"];

const DECISIONS: ReadonlyMap<FoundPath["pattern"], FieldDecision> = /* @__PURE__ */ (() =>
  new Map(FIELD_DECISIONS.filter(({ decision }) => decision !== "keep").map((row) => [row.path, row])))();

const PATHS = /* @__PURE__ */ (() => preparePaths([MODEL, STREAM, VERSION, BETAS, TOOL_TYPE, ...DECISIONS.keys()]))();

const BETAS_OF_TOOL = /* @__PURE__ */ (() => new Map(TOOL_BETAS_ON_BEDROCK.map(({ type, betas }) => [type, betas])))();

/** The names of the betas that bring a field, as far as they are known. */
const BETAS_OF_FIELD = /* @__PURE__ */ (() => new Map(BETA_FIELDS.map(({ path, betas }) => [path.join("."), betas])))();

const capabilitiesOf = /* @__PURE__ */ remember(findCapabilities);

/** A name of a tool's type is not longer. */
const LONGEST_TYPE = 64;

/**
 * Writes a body of the Messages API as one of InvokeModel: without what stands in the path there, with the version and the betas,
 * and without what Amazon Bedrock would refuse. Every other byte stays as the client wrote it.
 *
 * @param body The body of the client, a JSON object.
 * @param options Betas and model.
 * @returns The body, and every change.
 * @throws {FetchError} `BODY_MALFORMED`; `BODY_KEY_REPEATED` where a field that is read here stands twice.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html | Request and response}
 */
export function writeInvocation(body: Uint8Array, options: InvocationOptions): WrittenInvocation {
  const { found, end, members } = findPaths(body, PATHS, options.longStrings);
  const version = only(found, VERSION);
  const given = only(found, BETAS);
  const model = capabilitiesOf(options.model);
  const removed = found.filter((field) => isRemoved(field, model));
  const betas = translateBetas(options.betas, given === undefined ? [] : parseFlags(body, given), options.unknownBetas);
  const added = addBetas(body, found, model, betas.flags);
  const flags = [...betas.flags, ...added.map(({ after }) => after)];

  const edits = removeMembers(removed);
  const appended: string[] = [];
  if (version === undefined) appended.push(`"anthropic_version":"${BEDROCK_VERSION}"`);
  if (flags.length > 0) {
    const json = JSON.stringify(flags);
    if (given === undefined) appended.push(`"anthropic_beta":${json}`);
    else edits.push({ start: given.valueStart, end: given.valueEnd, json });
  }
  if (appended.length > 0) {
    const isFirst = removed.filter(({ holder }) => holder === TOP).length === members;
    edits.push({ start: end, end, json: `${isFirst ? "" : ","}${appended.join(",")}` });
  }
  const sorted = edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  return {
    body: editBody(body, sorted).body,
    translations: [
      ...removed.map((field) => describeRemoval(field, body)),
      ...(version === undefined ? [VERSION_ADDED] : []),
      ...betas.translations,
      ...added,
    ],
  };
}

/** The holder of what stands at the top level: it is met first. */
const TOP = 0;

const VERSION_ADDED: Translation = {
  action: "set",
  subject: "body.anthropic_version",
  place: null,
  before: null,
  after: BEDROCK_VERSION,
  reason: "Amazon Bedrock reads the version of the API in the body",
  range: null,
};

function only(found: readonly FoundPath[], pattern: FoundPath["pattern"]): FoundPath | undefined {
  const [first, second] = found.filter((field) => field.pattern === pattern);
  if (second === undefined) return first;
  throw new FetchError(
    "BODY_KEY_REPEATED",
    `Cannot send the body: "${second.name}" stands in it more than once, and not everybody reads the same one; expected it once`,
  );
}

/** The values of the body's own list of betas, which Amazon Bedrock reads; of another kind it refuses it itself. */
function parseFlags(body: Uint8Array, { valueStart, valueEnd }: FoundPath): readonly string[] {
  const flags: unknown = parse(body, valueStart, valueEnd);
  return Array.isArray(flags) ? flags.filter((flag) => typeof flag === "string") : [];
}

function parse(body: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(UTF8.decode(body.subarray(start, end)));
  } catch {
    return undefined;
  }
}

const UTF8 = /* @__PURE__ */ new TextDecoder();

function isRemoved({ pattern }: FoundPath, model: ModelCapabilities | undefined): boolean {
  if (pattern === MODEL || pattern === STREAM) return true;
  const row = DECISIONS.get(pattern);
  return row?.decision === "drop" && !isTaken(row, model);
}

const isTaken = ({ taken }: FieldDecision, model: ModelCapabilities | undefined): boolean =>
  taken !== undefined && model !== undefined && taken(model);

/** A value that is shown is not longer, in bytes. */
const LONGEST_SHOWN = 200;

const textOf = (body: Uint8Array, start: number, end: number): string =>
  readAscii(body, start, end) ?? UTF8.decode(body.subarray(start, end));

function describeRemoval({ pattern, name, valueStart, valueEnd }: FoundPath, body: Uint8Array): Translation {
  const before = valueEnd - valueStart > LONGEST_SHOWN ? null : textOf(body, valueStart, valueEnd);
  const change = { subject: `body.${name}`, before, after: null, range: null };
  if (pattern === MODEL || pattern === STREAM) {
    return { ...change, action: "move", place: "path", reason: "Amazon Bedrock reads it in the path" };
  }
  return {
    ...change,
    action: "drop",
    place: null,
    reason: DECISIONS.get(pattern)?.reason ?? "Amazon Bedrock refuses it",
  };
}

/** A beta that a field or a tool of the body needs on Amazon Bedrock. */
type AddedBeta = Translation & { readonly after: string };

/** Asks for what the body needs there and nobody asked for, each once. */
function addBetas(
  body: Uint8Array,
  found: readonly FoundPath[],
  model: ModelCapabilities | undefined,
  asked: readonly string[],
): readonly AddedBeta[] {
  // There are few betas to need, however many fields need them.
  const needs = new Map<string, Need>();
  for (const field of found) {
    const need = field.pattern === TOOL_TYPE ? needOfTool(body, field) : needOfField(body, field, model);
    if (need !== undefined && !needs.has(need.beta)) needs.set(need.beta, need);
  }
  return [...needs.values()]
    .filter(({ isMetBy }) => !asked.some(isMetBy))
    .map(({ beta, reason }) => ({
      action: "set",
      subject: "body.anthropic_beta",
      place: null,
      before: null,
      after: beta,
      reason,
      range: null,
    }));
}

interface Need {
  readonly beta: string;
  readonly isMetBy: (flag: string) => boolean;
  readonly reason: string;
}

function needOfTool(body: Uint8Array, { valueStart, valueEnd, name }: FoundPath): Need | undefined {
  if (valueEnd - valueStart > LONGEST_TYPE) return undefined;
  const betas = BETAS_OF_TOOL.get(String(parse(body, valueStart, valueEnd)));
  const [beta] = betas ?? [];
  if (betas === undefined || beta === undefined) return undefined;
  return {
    beta,
    isMetBy: (flag) => betas.includes(flag),
    reason: `Amazon Bedrock takes the tool of ${name} beside that beta alone`,
  };
}

function needOfField(
  body: Uint8Array,
  { pattern, valueStart, valueEnd }: FoundPath,
  model: ModelCapabilities | undefined,
): Need | undefined {
  const row = DECISIONS.get(pattern);
  // What is switched off, or null, asks for nothing.
  if (
    row?.beta === undefined ||
    isTaken(row, model) ||
    NOTHING.has(textOf(body, valueStart, Math.min(valueEnd, valueStart + 8)))
  ) {
    return undefined;
  }
  const brought = BETAS_OF_FIELD.get(pattern.join(".")) ?? [];
  const { beta, reason } = row;
  return { beta, isMetBy: (flag) => flag === beta || brought.some((prefix) => flag.startsWith(prefix)), reason };
}

const NOTHING: ReadonlySet<string> = /* @__PURE__ */ new Set(["false", "null"]);
