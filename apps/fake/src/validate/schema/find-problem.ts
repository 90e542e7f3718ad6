import { isObject } from "@claude-on-aws/endpoints";
import type { ObjectSchema, Schema, SparedField, TaggedSchema } from "./schema.ts";

/** A step on the way to a value: a field, a position, or the variant that a tag chose. */
export type Step = string | number | { readonly variant: string };

/** What is wrong with a value, and where it is. */
export interface Problem {
  /** From the value up to the body. */
  readonly path: Step[];
  readonly kind:
    | "missing"
    | "extra"
    | "type"
    | "value"
    | "minimum"
    | "maximum"
    | "tag"
    | "pattern"
    | "too-few"
    | "union";
  /** The name of a type, the limit, the pattern, the values that are taken. */
  readonly expected: string | number | readonly string[];
  readonly found?: unknown;
  /** The range, where the value has both ends. */
  readonly range?: readonly [minimum: number, maximum: number];
}

/** Where fields and tags are taken that a schema does not name: everywhere, nowhere, or at the top of a body alone. */
export type UnknownFields = boolean | "at-the-top";

/**
 * Finds the first thing that is wrong with a value. It goes no deeper than the
 * schema does, however deep the value is.
 *
 * @param takesUnknown Where fields and tags are taken that the schema does not name. A tag counts as one at the top: a new
 * kind of block comes with a beta, a new field of an old one does not.
 * @returns `undefined` where nothing is wrong.
 */
export function findProblem(schema: Schema, value: unknown, takesUnknown: UnknownFields): Problem | undefined {
  switch (schema.kind) {
    case "any":
      return undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : wrongType("boolean", value);
    case "string":
      return findInString(schema, value);
    case "integer":
    case "number":
      return findInNumber(schema, value);
    case "text-or-list":
      if (typeof value === "string") return undefined;
      return findInList(schema.of, value, takesUnknown);
    case "list":
      if (schema.minItems !== undefined && Array.isArray(value) && value.length < schema.minItems) {
        return { path: [], kind: "too-few", expected: schema.minItems, found: value.length };
      }
      return findInList(schema.of, value, takesUnknown);
    case "object":
      return isObject(value) ? findInObject(schema, value, takesUnknown) : wrongType("object", value);
    case "tagged":
      return isObject(value) ? findInTagged(schema, value, takesUnknown) : wrongType("object", value);
    case "keyed":
      return isObject(value) ? findInKeyed(schema.members, value, takesUnknown) : wrongType("object", value);
  }
}

const wrongType = (expected: string, found: unknown): Problem => ({ path: [], kind: "type", expected, found });

function findInString(schema: Extract<Schema, { kind: "string" }>, value: unknown): Problem | undefined {
  if (typeof value !== "string") return wrongType("string", value);
  if (schema.values !== undefined && !schema.values.includes(value)) {
    return { path: [], kind: "value", expected: schema.values, found: value };
  }
  if (schema.pattern !== undefined && !schema.pattern.test(value)) {
    return { path: [], kind: "pattern", expected: schema.pattern.source, found: value };
  }
  return undefined;
}

function findInNumber(schema: Extract<Schema, { kind: "integer" | "number" }>, value: unknown): Problem | undefined {
  const { kind, minimum, maximum } = schema;
  if (typeof value !== "number" || (kind === "integer" && !Number.isInteger(value))) return wrongType(kind, value);
  const range = minimum === undefined || maximum === undefined ? {} : { range: [minimum, maximum] as const };
  if (minimum !== undefined && value < minimum) {
    return { path: [], kind: "minimum", expected: minimum, found: value, ...range };
  }
  if (maximum !== undefined && value > maximum) {
    return { path: [], kind: "maximum", expected: maximum, found: value, ...range };
  }
  return undefined;
}

function findInList(of: Schema, value: unknown, takesUnknown: UnknownFields): Problem | undefined {
  if (!Array.isArray(value)) return wrongType("list", value);
  for (let index = 0; index < value.length; index++) {
    const problem = findProblem(of, value[index], takesUnknown);
    if (problem !== undefined) return at(index, problem);
  }
  return undefined;
}

function findInObject(
  schema: ObjectSchema,
  value: Readonly<Record<string, unknown>>,
  takesUnknown: UnknownFields,
): Problem | undefined {
  const { fields, required, nullable, forbidden, closed, inside } = schema;
  const takesField = inside ? takesUnknown === true : takesUnknown;
  for (const name of required) {
    if (value[name] === undefined && !isSpared(schema.spare, name, value))
      return at(name, { path: [], kind: "missing", expected: "" });
  }
  for (const name in value) {
    const field = fields[name];
    const item = value[name];
    if (field === undefined) {
      if (forbidden.has(name) || (closed && !takesField)) return at(name, { path: [], kind: "extra", expected: "" });
      continue;
    }
    if (item === undefined || (item === null && nullable.has(name))) continue;
    const problem = findProblem(field, item, takesUnknown);
    if (problem !== undefined) return at(name, problem);
  }
  return undefined;
}

function isSpared(spare: SparedField | undefined, name: string, value: Readonly<Record<string, unknown>>): boolean {
  if (spare === undefined || spare.field !== name || value[spare.where[0]] !== spare.where[1]) return false;
  const beside = value[spare.beside];
  return isObject(beside) && Object.values(beside).some((item) => item !== null);
}

function findInTagged(
  schema: TaggedSchema,
  value: Readonly<Record<string, unknown>>,
  takesUnknown: UnknownFields,
): Problem | undefined {
  const tag = value[schema.tag] ?? schema.untagged;
  if (tag === undefined) return at(schema.tag, { path: [], kind: "missing", expected: "" });
  if (typeof tag !== "string") return at(schema.tag, wrongType("string", tag));
  const variant = schema.variants[tag];
  if (variant === undefined) {
    if (takesUnknown || schema.others?.test(tag) === true) return undefined;
    return { path: [], kind: "tag", expected: Object.keys(schema.variants), found: tag };
  }
  const problem = findProblem(variant, value, takesUnknown);
  return problem && at({ variant: tag }, problem);
}

function findInKeyed(
  members: Readonly<Record<string, Schema>>,
  value: Readonly<Record<string, unknown>>,
  takesUnknown: UnknownFields,
): Problem | undefined {
  let isKnown = false;
  for (const name in value) {
    const member = members[name];
    if (member === undefined || value[name] === undefined) continue;
    isKnown = true;
    const problem = findProblem(member, value[name], takesUnknown);
    if (problem !== undefined) return at(name, problem);
  }
  return isKnown || takesUnknown ? undefined : { path: [], kind: "union", expected: Object.keys(members) };
}

/** Puts a step before the path of a problem; paths are only built where there is one. */
function at(step: Step, problem: Problem): Problem {
  problem.path.push(step);
  return problem;
}
