import { isObject } from "@claude-on-aws/endpoints";
import { WorkBudget, type WorkLimits } from "../input/work-budget.ts";
import { exampleOfPattern } from "./example-of-pattern.ts";
import { FORMAT_EXAMPLES, NAMED_EXAMPLES, PLAIN_TEXT, USER_TEXT_NAMES } from "./example-values.ts";
import { makeNumber } from "./make-number.ts";
import { type Schema, SchemaMerger } from "./merge-schemas.ts";

/** Deeper than any tool nests. What a schema demands below that is left empty. */
const MAX_DEPTH = 12;
/** The most values that are made for one schema, and the longest text. */
const MAX_VALUES = 1_000;
const MAX_TEXT_LENGTH = 10_000;
/**
 * The work that one schema may cause: some hundred times what the largest tools of Claude Code do. The words are those of the
 * service for a schema that it cannot compile.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/structured-outputs | Structured outputs}
 * @see {@link https://github.com/TanStack/ai/pull/686 | Refused for it}
 */
export const SCHEMA_WORK: WorkLimits = {
  maxSteps: 500_000,
  maxDepth: 64,
  words: "Schema is too complex for compilation",
};
/** How much of the user's text is used, in characters. */
const MAX_USER_TEXT_LENGTH = 80;

/** What goes into the values besides the schema. */
export interface MakeOptions {
  /** Values for properties of the outermost object, where they fit. */
  readonly preferred?: Readonly<Record<string, unknown>> | undefined;
  /** What the user said, for properties such as `query`. */
  readonly userText?: string | undefined;
}

/**
 * Makes a value that a JSON Schema accepts: constants, the first of an enumeration, defaults and examples where the schema
 * has them, otherwise the plainest value of the type; of an object what it requires. The same schema gives the same
 * value.
 *
 * Not looked at: `not`, `if`, `dependentRequired`, `contains`, `propertyNames`; expressions that look around or refer back;
 * references out of the schema.
 *
 * @param schema A schema of draft 7 or 2020-12.
 * @param options What else goes into the value.
 * @param budget What is left of the work that the request may cause.
 * @returns A value of JSON, never `undefined`.
 * @throws {WorkExceeded} where it takes too much work.
 */
export function makeFromSchema(
  schema: unknown,
  options: MakeOptions = {},
  budget: WorkBudget = new WorkBudget(SCHEMA_WORK),
): unknown {
  return new ValueMaker(schema, options, budget).make(schema, "", 0);
}

class ValueMaker {
  readonly #budget: WorkBudget;
  readonly #merger: SchemaMerger;
  readonly #options: MakeOptions;
  #left = MAX_VALUES;

  constructor(root: unknown, options: MakeOptions, budget: WorkBudget) {
    this.#budget = budget;
    this.#merger = new SchemaMerger(root, this.#budget);
    this.#options = options;
  }

  make(given: unknown, name: string, depth: number): unknown {
    const schema = this.#merger.merge(given);
    this.#left--;
    this.#budget.take(1 + Object.keys(schema).length);
    const offered = this.#offered(schema, depth === 1 ? this.#options.preferred?.[name] : undefined);
    if (offered !== undefined) {
      // It is written as often as it is referred to, however long it is.
      this.#budget.takeAll(offered);
      return offered;
    }
    switch (typeOf(schema)) {
      case "object":
        return this.#object(schema, depth);
      case "array":
        return this.#array(schema, name, depth);
      case "integer":
      case "number":
        return makeNumber(schema);
      case "boolean":
        return false;
      case "null":
        return null;
      default:
        return this.#text(schema, name);
    }
  }

  /** A value that the schema itself offers, or that is better than what would be made. */
  #offered(schema: Schema, preferred: unknown): unknown {
    if ("const" in schema) return schema["const"];
    const members = listOf(schema["enum"]);
    const isMember = (value: unknown): boolean =>
      !Array.isArray(schema["enum"]) || members.some((member) => this.#isSame(member, value));
    const fits = (value: unknown): boolean => value !== undefined && this.#satisfies(value, schema);
    if (fits(preferred) && isMember(preferred)) return preferred;
    const member = members.find(fits);
    if (member !== undefined) return member;
    return [schema["default"], ...listOf(schema["examples"])].find((value) => fits(value) && isMember(value));
  }

  /** Whether a value that was offered fits, as far as can be told without running the schema's own expressions. */
  #satisfies(value: unknown, schema: Schema): boolean {
    const { type } = schema;
    const types = type === undefined ? [] : Array.isArray(type) ? type : [type];
    this.#budget.take(1 + types.length);
    if (types.length > 0 && !types.some((name) => TYPES[String(name)]?.(value) === true)) return false;
    if (typeof value === "string") {
      this.#budget.takeAll(value);
      return isWithin([...value].length, schema["minLength"], schema["maxLength"]);
    }
    if (typeof value === "number") return isWithin(value, schema["minimum"], schema["maximum"]);
    if (Array.isArray(value)) return isWithin(value.length, schema["minItems"], schema["maxItems"]);
    const { required } = schema;
    if (!isObject(value) || !Array.isArray(required)) return true;
    this.#budget.take(required.length);
    return required.every((name) => Object.hasOwn(value, String(name)));
  }

  #isSame(one: unknown, other: unknown): boolean {
    this.#budget.take(1);
    if (one === other) return true;
    if (typeof one !== "object" || typeof other !== "object") return false;
    this.#budget.takeAll(one);
    this.#budget.takeAll(other);
    return JSON.stringify(one) === JSON.stringify(other);
  }

  #object(schema: Schema, depth: number): Record<string, unknown> {
    const properties = isObject(schema["properties"]) ? schema["properties"] : {};
    const required = listOf(schema["required"]);
    this.#budget.take(Object.keys(properties).length + required.length);
    const names = new Set(required.map(String));
    const least = Math.min(Number(schema["minProperties"] ?? 0), MAX_VALUES);
    const preferred = depth === 0 ? Object.keys(this.#options.preferred ?? {}) : [];
    for (const name of preferred) if (Object.hasOwn(properties, name)) names.add(name);
    for (const name of Object.keys(properties)) if (names.size < least) names.add(name);
    for (let count = 0; names.size < least; count++) names.add(`key${count}`);
    const value: Record<string, unknown> = {};
    for (const name of names) {
      if (depth >= MAX_DEPTH || this.#left <= 0) break;
      const own = Object.hasOwn(properties, name) ? properties[name] : schema["additionalProperties"];
      // Not assigned: the name may be `__proto__`.
      Object.defineProperty(value, name, {
        value: this.make(own, name, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return value;
  }

  #array(schema: Schema, name: string, depth: number): unknown[] {
    const prefix = tupleOf(schema);
    const rest = Array.isArray(schema["items"]) ? schema["additionalItems"] : schema["items"];
    const least = depth < MAX_DEPTH ? Math.min(Number(schema["minItems"] ?? 0), MAX_VALUES) : 0;
    const values: unknown[] = [];
    const taken = new TakenValues();
    while (values.length < least && this.#left > 0) {
      const item = prefix[values.length] ?? rest;
      const made = this.make(item, name, depth + 1);
      if (schema["uniqueItems"] !== true) values.push(made);
      else {
        const value = this.#distinct(made, taken, this.#merger.merge(item));
        taken.add(value);
        values.push(value);
      }
    }
    return values;
  }

  /** Changes a value until none that is taken is the same: the next of an enumeration, a higher number, a longer text. */
  #distinct(value: unknown, taken: TakenValues, schema: Schema): unknown {
    if (!taken.has(value)) return value;
    if (Array.isArray(schema["enum"])) return taken.nextOf(schema["enum"], this.#budget) ?? value;
    const step = typeof schema["multipleOf"] === "number" ? schema["multipleOf"] : 1;
    if (typeof value === "number") return value + step * taken.size;
    return typeof value === "string" ? `${value}${taken.size}` : value;
  }

  #text(schema: Schema, name: string): string {
    const least = Math.min(Number(schema["minLength"] ?? 0), MAX_TEXT_LENGTH);
    const most = Number(schema["maxLength"] ?? MAX_TEXT_LENGTH);
    const { pattern, format } = schema;
    const formatted = typeof format === "string" ? FORMAT_EXAMPLES[format] : undefined;
    if (formatted !== undefined) return formatted;
    const matching = typeof pattern === "string" ? exampleOfPattern(pattern, least) : undefined;
    if (matching !== undefined) return matching;
    const said = USER_TEXT_NAMES.includes(name)
      ? this.#options.userText?.slice(0, MAX_USER_TEXT_LENGTH).toWellFormed()
      : undefined;
    const text = said || (Object.hasOwn(NAMED_EXAMPLES, name) ? NAMED_EXAMPLES[name] : undefined) || PLAIN_TEXT;
    // Where half a letter would be left over.
    return text.padEnd(least, PLAIN_TEXT).slice(0, most).toWellFormed();
  }
}

const tupleOf = ({ prefixItems, items }: Schema): readonly unknown[] =>
  Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The values that an array holds, where none may be the same as another. */
class TakenValues {
  readonly #identities = new Set<unknown>();
  /** How far each enumeration was looked through: what was taken stays taken. */
  readonly #walks = new Map<readonly unknown[], Iterator<unknown>>();

  get size(): number {
    return this.#identities.size;
  }

  add(value: unknown): void {
    this.#identities.add(identityOf(value));
  }

  has(value: unknown): boolean {
    return this.#identities.has(identityOf(value));
  }

  /** The next of some values that is not taken. */
  nextOf(values: readonly unknown[], budget: WorkBudget): unknown {
    const walk = this.#walks.get(values) ?? values.values();
    this.#walks.set(values, walk);
    for (let next = walk.next(); next.done !== true; next = walk.next()) {
      budget.takeAll(next.value);
      if (!this.has(next.value)) return next.value;
    }
    return undefined;
  }
}

/** What two values of JSON have in common exactly where they are the same. */
const identityOf = (value: unknown): unknown => (typeof value === "object" ? `json ${JSON.stringify(value)}` : value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

/** Keywords that give a type away where none is stated. */
const TELLING: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ["object", ["properties", "required", "additionalProperties", "minProperties"]],
  ["array", ["items", "prefixItems", "minItems"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

function typeOf(schema: Schema): string {
  const { type } = schema;
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return String(type.find((name) => name !== "null") ?? "null");
  return TELLING.find(([, keywords]) => keywords.some((keyword) => keyword in schema))?.[0] ?? "string";
}

const isWithin = (value: number, least: unknown, most: unknown): boolean =>
  !(typeof least === "number" && value < least) && !(typeof most === "number" && value > most);
