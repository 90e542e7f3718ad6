import { isObject } from "@claude-on-aws/endpoints";
import { decodeSegment } from "../text/decode-segment.ts";

/** A JSON Schema without references and combinations. */
export type Schema = Readonly<Record<string, unknown>>;

/** References that lead to references, and combinations in combinations: more than any schema needs. */
const MAX_STEPS = 32;

/**
 * Makes one schema of a schema with `$ref`, `allOf`, `anyOf` and `oneOf` on its outermost level: of alternatives the
 * first that is more than `null`.
 *
 * @param given A schema; `true`, and what is not a schema, become the empty one.
 * @param root The schema in which references point.
 * @returns The empty schema where references lead in a circle.
 */
export function mergeSchemas(given: unknown, root: unknown): Schema {
  let schema: Schema = isObject(given) ? given : {};
  for (let step = 0; step < MAX_STEPS; step++) {
    const { $ref, allOf, anyOf, oneOf, ...own } = schema;
    if (typeof $ref === "string") schema = combine(resolveReference($ref, root), { ...without(schema, "$ref") });
    else if (Array.isArray(allOf)) {
      const parts: Schema[] = allOf.map((part) => mergeSchemas(part, root));
      schema = parts.reduce(combine, without(schema, "allOf"));
    } else if (Array.isArray(anyOf)) schema = combine(without(schema, "anyOf"), firstOf(anyOf, root));
    else if (Array.isArray(oneOf)) schema = combine(without(schema, "oneOf"), firstOf(oneOf, root));
    else return own;
  }
  return {};
}

const without = (schema: Schema, name: string): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== name));

function firstOf(alternatives: readonly unknown[], root: unknown): Schema {
  const schemas = alternatives.slice(0, MAX_STEPS).map((alternative) => (isObject(alternative) ? alternative : {}));
  const chosen = schemas.find((schema) => schema["type"] !== "null" && schema["const"] !== null) ?? schemas[0];
  const { $ref } = chosen ?? {};
  return typeof $ref === "string"
    ? combine(resolveReference($ref, root), without(chosen ?? {}, "$ref"))
    : (chosen ?? {});
}

/** Both at once: their properties and what they require are added up; otherwise the second wins. */
function combine(one: Schema, other: Schema): Schema {
  const required = [...namesIn(one["required"]), ...namesIn(other["required"])];
  const [properties, more] = [one["properties"], other["properties"]];
  return {
    ...one,
    ...other,
    ...(required.length > 0 ? { required } : {}),
    ...(isObject(properties) && isObject(more) ? { properties: combineProperties(properties, more) } : {}),
  };
}

const namesIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A property that both know has to fit both. */
function combineProperties(one: Schema, other: Schema): Schema {
  const shared = Object.keys(other).filter((name) => Object.hasOwn(one, name));
  return { ...one, ...other, ...Object.fromEntries(shared.map((name) => [name, { allOf: [one[name], other[name]] }])) };
}

/** Follows a JSON pointer in a fragment; the empty schema where it leads nowhere, or elsewhere. */
function resolveReference(reference: string, root: unknown): Schema {
  if (!reference.startsWith("#")) return {};
  let found: unknown = root;
  for (const part of reference.slice(1).split("/").slice(1)) {
    const name = decodeSegment(part).replaceAll("~1", "/").replaceAll("~0", "~");
    const parent = found as Readonly<Record<string, unknown>>;
    found = (isObject(found) || Array.isArray(found)) && Object.hasOwn(parent, name) ? parent[name] : undefined;
  }
  return isObject(found) ? found : {};
}
