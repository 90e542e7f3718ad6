import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/** A schema of JSON, as far as its keys are listed. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
}

/**
 * Writes every key of a configuration: what it takes, what holds where it is left out, and what it is for.
 *
 * @param schema The schema of the configuration.
 * @returns Markdown: a table.
 */
export function formatSettings(schema: Schema): string {
  const rows = rowsOf(schema, "").map(({ path, schema: one, isRequired }) =>
    tableRow(
      code(path),
      formOf(one),
      one.default === undefined ? (isRequired ? "required" : "") : formatDefault(one.default),
      one.description ?? "",
    ),
  );
  return [tableHead("key", "takes", "default", "what it is for"), ...rows].join("\n");
}

interface Row {
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

function rowsOf(schema: Schema, path: string): readonly Row[] {
  return Object.entries(schema.properties ?? {})
    .filter(([key]) => key !== "$schema")
    .flatMap(([key, inner]) => {
      const at = path === "" ? key : `${path}.${key}`;
      return [{ path: at, schema: inner, isRequired: schema.required?.includes(key) === true }, ...below(inner, at)];
    });
}

/** What stands inside of a value: in an object, in the items of an array, under any key. */
function below(schema: Schema, path: string): readonly Row[] {
  const { anyOf = [], items, additionalProperties } = schema;
  return [
    ...rowsOf(schema, path),
    ...anyOf.flatMap((one) => below(one, path)),
    ...(items === undefined ? [] : below(items, `${path}[]`)),
    ...(typeof additionalProperties === "object" ? below(additionalProperties, `${path}.NAME`) : []),
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  null: "null",
  object: "object",
};

function formOf({ type = "", enum: words, anyOf, items, additionalProperties }: Schema): string {
  if (words !== undefined) return words.map(code).join(", ");
  if (anyOf !== undefined) return anyOf.map(formOf).join(", or ");
  if (items !== undefined) return `list of ${formOf(items)}`;
  if (typeof additionalProperties === "object") return `object of ${formOf(additionalProperties)} by name`;
  return WORDS[type] ?? type;
}

const formatDefault = (value: unknown): string =>
  typeof value === "number" ? value.toLocaleString("en-US", { useGrouping: value > 9999 }) : code(String(value));
