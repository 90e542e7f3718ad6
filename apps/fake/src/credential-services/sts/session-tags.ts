import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck } from "../service-exchange.ts";
import type { SessionTag } from "../../terms/session.ts";
import { findParameterFault } from "./check-parameters.ts";
import type { Constraint } from "./constraints.ts";
import { stsFault } from "./sts-refusals.ts";

/** Most tags that a session may have, and most keys that a request may call transitive. */
export const MAX_TAGS = 50;

/** Every parameter that is about tags, and how they are written. A list without members is written as its name alone. */
const ABOUT_TAGS = /^(?:Tags|TransitiveTagKeys)/;
const TAG = /^Tags\.member\.([1-9]\d{0,2})\.(Key|Value)$/;
const TRANSITIVE_KEY = /^TransitiveTagKeys\.member\.([1-9]\d{0,2})$/;
const EMPTY_LIST = /^(?:Tags|TransitiveTagKeys)$/;

/** What the service keeps for itself. */
const RESERVED = /^aws:/i;

const KEY: Omit<Constraint, "name"> = {
  required: true,
  minLength: 1,
  maxLength: 128,
  pattern: [/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+`],
};
const VALUE: Omit<Constraint, "name"> = {
  required: true,
  maxLength: 256,
  pattern: [/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`],
};

/** The tags that a request has for its session, or why they cannot be used. */
export interface SessionTags {
  readonly tags: readonly SessionTag[];
  readonly fault?: Fault;
}

/**
 * Reads the tags that a request has for its session: `Tags.member.N.Key` and `.Value`, and in `TransitiveTagKeys.member.N`
 * the keys that sessions made with this one have too. The case of a key is kept, and does not count.
 *
 * @returns The tags, or why they cannot be used.
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html | Tag}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html | Session tags}
 */
export function readSessionTags(parameters: ReadonlyMap<string, string>): SessionTags {
  const form = readForm(parameters);
  if ("fault" in form) return { tags: [], fault: form.fault };
  const fault = findFormFault(form);
  if (fault !== undefined) return { tags: [], fault };
  const transitive = new Set([...form.transitiveKeys.values()].map(foldKey));
  const tags = [...form.tags.values()].map(({ Key: key = "", Value: value = "" }) => ({
    key,
    value,
    transitive: transitive.has(foldKey(key)),
  }));
  const problem = findTagProblem(tags, transitive);
  return problem === undefined ? { tags } : { tags: [], fault: stsFault("session-tags-invalid", problem) };
}

/**
 * Writes the key of a tag as keys are compared.
 *
 * @returns Without its case.
 */
export const foldKey = (key: string): string => key.toLowerCase();

interface Form {
  readonly tags: ReadonlyMap<string, { readonly Key?: string; readonly Value?: string }>;
  readonly transitiveKeys: ReadonlyMap<string, string>;
}

function readForm(parameters: ReadonlyMap<string, string>): Form | { readonly fault: Fault } {
  const tags = new Map<string, { Key?: string; Value?: string }>();
  const transitiveKeys = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!ABOUT_TAGS.test(name) || (EMPTY_LIST.test(name) && value === "")) continue;
    const [, place = "", part] = TAG.exec(name) ?? [];
    const [, transitivePlace] = TRANSITIVE_KEY.exec(name) ?? [];
    if (part !== undefined) tags.set(place, { ...tags.get(place), [part]: value });
    else if (transitivePlace !== undefined) transitiveKeys.set(transitivePlace, value);
    // What is not understood must not leave the session without the tag that a policy denies.
    else return { fault: stsFault("parameter-invalid", `Unexpected parameter ${JSON.stringify(name.slice(0, 100))}`) };
  }
  return { tags, transitiveKeys };
}

/** The first list that is too long; else everything that is wrong with single tags, in the words of STS. */
function findFormFault({ tags, transitiveKeys }: Form): Fault | undefined {
  for (const [list, { size }] of Object.entries({ tags, transitiveTagKeys: transitiveKeys })) {
    if (size <= MAX_TAGS) continue;
    const problem = `Value at '${list}' failed to satisfy constraint: Member must have length less than or equal to ${MAX_TAGS}`;
    return stsFault("parameter-invalid", `1 validation error detected: ${problem}`);
  }
  const values = new Map<string, string>();
  const constraints: Constraint[] = [];
  const add = (name: string, value: string | undefined, constraint: Omit<Constraint, "name">): void => {
    if (value !== undefined) values.set(name, value);
    constraints.push({ ...constraint, name });
  };
  for (const [place, { Key, Value }] of tags) {
    add(`tags.${place}.member.key`, Key, KEY);
    add(`tags.${place}.member.value`, Value, VALUE);
  }
  for (const [place, key] of transitiveKeys) add(`transitiveTagKeys.${place}.member`, key, KEY);
  return findParameterFault(values, constraints);
}

function findTagProblem(tags: readonly SessionTag[], transitive: ReadonlySet<string>): string | undefined {
  const keys = new Set(tags.map(({ key }) => foldKey(key)));
  const reserved = tags.find(({ key }) => RESERVED.test(key));
  if (reserved !== undefined) return `The tag key ${reserved.key} begins with aws:, which is reserved for AWS.`;
  if (keys.size < tags.length) {
    return "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
  }
  if (![...transitive].every((key) => keys.has(key))) {
    return "The specified transitive tag key must be included in the requested tags.";
  }
  return undefined;
}

/** Whether the tags of the session can be used. */
export const SESSION_TAGS_CHECK: ServiceCheck = {
  name: "session-tags",
  decisive: true,
  check: ({ parameters }) => readSessionTags(parameters).fault,
};
