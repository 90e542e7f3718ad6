import { isObject } from "@claude-on-aws/endpoints";
import type { WorkBudget } from "../input/work-budget.ts";
import { decodeSegment } from "../text/decode-segment.ts";

/** A JSON Schema without references and combinations. */
export type Schema = Readonly<Record<string, unknown>>;

/** References that lead to references, and combinations in combinations: more than any schema needs. */
const MAX_STEPS = 32;

/**
 * Makes one schema of a schema with `$ref`, `allOf`, `anyOf` and `oneOf` on its outermost level: of alternatives the
 * first that is more than `null`. Each schema is merged once, however often it is referred to.
 */
export class SchemaMerger {
  readonly #root: unknown;
  readonly #budget: WorkBudget;
  /** What was made of each schema; of one that is being made, the empty one: its references lead in a circle. */
  readonly #merged = new Map<object, Schema>();

  /**
   * @param root The schema in which references point.
   * @param budget Every step is taken out of it.
   */
  constructor(root: unknown, budget: WorkBudget) {
    this.#root = root;
    this.#budget = budget;
  }

  /**
   * Merges one.
   *
   * @param given A schema; `true`, and what is not a schema, become the empty one.
   * @returns The empty schema where references lead in a circle.
   * @throws {WorkExceeded} where it is too large.
   */
  merge(given: unknown): Schema {
    if (!isObject(given)) return EMPTY;
    const known = this.#merged.get(given);
    if (known !== undefined) return known;
    this.#merged.set(given, EMPTY);
    const merged = this.#budget.deeper(() => this.#merge(given));
    this.#merged.set(given, merged);
    return merged;
  }

  #merge(given: Schema): Schema {
    let schema = given;
    for (let step = 0; step < MAX_STEPS; step++) {
      const { $ref, allOf, anyOf, oneOf, ...own } = schema;
      if (typeof $ref === "string") schema = this.#combine([this.#resolve($ref), without(schema, "$ref")]);
      else if (Array.isArray(allOf)) {
        schema = this.#combine([without(schema, "allOf"), ...allOf.map((part) => this.merge(part))]);
      } else if (Array.isArray(anyOf)) schema = this.#combine([without(schema, "anyOf"), this.#firstOf(anyOf)]);
      else if (Array.isArray(oneOf)) schema = this.#combine([without(schema, "oneOf"), this.#firstOf(oneOf)]);
      else return own;
    }
    return EMPTY;
  }

  #firstOf(alternatives: readonly unknown[]): Schema {
    const schemas = alternatives
      .slice(0, MAX_STEPS)
      .map((alternative) => (isObject(alternative) ? alternative : EMPTY));
    const chosen =
      schemas.find((schema) => schema["type"] !== "null" && schema["const"] !== null) ?? schemas[0] ?? EMPTY;
    const { $ref } = chosen;
    return typeof $ref === "string" ? this.#combine([this.#resolve($ref), without(chosen, "$ref")]) : chosen;
  }

  /** All at once: their properties and what they require are added up; otherwise the last wins. */
  #combine(schemas: readonly Schema[]): Schema {
    const combined = new Map<string, unknown>();
    const required: unknown[] = [];
    const properties: Schema[] = [];
    for (const schema of schemas) {
      for (const [keyword, value] of Object.entries(schema)) {
        this.#budget.take(1);
        combined.set(keyword, value);
        if (keyword === "required" && Array.isArray(value)) required.push(value);
        if (keyword === "properties" && isObject(value)) properties.push(value);
      }
    }
    if (required.length > 1) combined.set("required", this.#addUp(required.flat()));
    if (properties.length > 1) combined.set("properties", this.#combineProperties(properties));
    return Object.fromEntries(combined);
  }

  #addUp(names: readonly unknown[]): readonly unknown[] {
    this.#budget.take(names.length);
    return [...new Set(names)];
  }

  /** A property that several know has to fit all of them. */
  #combineProperties(tables: readonly Schema[]): Schema {
    const found = new Map<string, Set<unknown>>();
    for (const table of tables) {
      for (const [name, schema] of Object.entries(table)) {
        this.#budget.take(1);
        const known = found.get(name);
        if (known === undefined) found.set(name, new Set([schema]));
        else known.add(schema);
      }
    }
    return Object.fromEntries(
      [...found].map(([name, [first, ...more]]) => [name, more.length === 0 ? first : { allOf: [first, ...more] }]),
    );
  }

  /** Follows a JSON pointer in a fragment; the empty schema where it leads nowhere, or elsewhere. */
  #resolve(reference: string): Schema {
    if (!reference.startsWith("#")) return EMPTY;
    let found: unknown = this.#root;
    for (const part of reference.slice(1).split("/").slice(1)) {
      this.#budget.take(1);
      const name = decodeSegment(part).replaceAll("~1", "/").replaceAll("~0", "~");
      const parent = found as Readonly<Record<string, unknown>>;
      found = (isObject(found) || Array.isArray(found)) && Object.hasOwn(parent, name) ? parent[name] : undefined;
    }
    return isObject(found) ? found : EMPTY;
  }
}

const EMPTY: Schema = Object.freeze({});

const without = (schema: Schema, name: string): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== name));
