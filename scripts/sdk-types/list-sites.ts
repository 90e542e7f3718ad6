import type { TypeTable } from "./type-table.ts";
import type { FieldType, ValueType } from "./value-type.ts";

/** A field with one kind of value, in a body that has little besides. */
export interface FieldSite {
  /** Where it is: fields, `*` for each position of a list, and in parentheses the `type` of an object. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Options for {@link listSites}. */
export interface ListSitesOptions {
  readonly table: TypeTable;
  /** Name of the type of a whole body. */
  readonly root: string;
  /** Fields that every body has. */
  readonly base: Readonly<Record<string, unknown>>;
  /** Whether a field is sent in the body, and not in the path or in a header; `path` is that of the object it is in. */
  readonly isSent: (field: FieldType, path: string) => boolean;
}

/** How a value becomes a whole body. */
interface Place {
  readonly path: string;
  readonly type: ValueType;
  readonly build: (value: unknown) => Readonly<Record<string, unknown>>;
}

/**
 * Lists every field that lies in a type, wherever, once with each kind of value that it takes: of each type that is met
 * in several places the first counts.
 *
 * @returns Bodies in which the field stands, as near to the top as it can.
 */
export function listSites(options: ListSitesOptions): readonly FieldSite[] {
  const { table, root, base, isSent } = options;
  const sites: FieldSite[] = [];
  const seen = new Set<unknown>();
  const start: ValueType = { kind: "reference", name: root };
  const places: Place[] = [{ path: "", type: start, build: (value) => ({ ...base, ...(value as object) }) }];
  for (const { path, type, build } of places) {
    const resolved = table.resolve(type);
    const fields = table.fields(type);
    if (fields === undefined || seen.has(resolved)) continue;
    seen.add(resolved);
    const rest = path === "" ? base : minimalObject(table, fields);
    for (const field of fields.filter((each) => isSent(each, path))) {
      for (const member of table.members(field.type)) {
        const at = `${path}${path === "" ? "" : "."}${field.name}`;
        const put = (value: unknown) => build({ ...rest, [field.name]: value });
        visitValue(options, { path: at, type: member, build: put }, sites, places);
      }
    }
  }
  return sites;
}

/** Notes a value of a field, and what lies below it. */
function visitValue(options: ListSitesOptions, place: Place, sites: FieldSite[], places: Place[]): void {
  const { table, isSent } = options;
  const { path, type, build } = place;
  const resolved = table.resolve(type);
  if (resolved.kind === "list") {
    for (const member of table.members(resolved.of)) {
      visitValue(options, { path: `${path}.*`, type: member, build: (value) => build([value]) }, sites, places);
    }
    return;
  }
  // What a client cannot say is no kind of value.
  if (table.fields(type)?.some((field) => !field.optional && !isSent(field, path)) === true) return;
  const value = minimalValue(table, type);
  const tag = table.fields(type) === undefined ? "" : tagOf(value);
  const suffix = resolved.kind === "literal" ? `=${String(resolved.value)}` : "";
  sites.push({ path: `${path}${tag}${suffix}`, body: build(value) });
  places.push({ path: `${path}${tag}`, type, build });
}

/** Names the kind of an object: its `type`, or the one field that it must have. */
function tagOf(value: unknown): string {
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object);
  const tag = object["type"] ?? (keys.length === 1 ? keys[0] : undefined);
  return typeof tag === "string" ? `(${tag})` : "";
}

const minimalObject = (table: TypeTable, fields: readonly FieldType[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ name, optional, type }) => {
      // AWS writes of a field that is left out that it may be `undefined`, but has it as required where it is.
      const [first] = table.members(type);
      return optional || first === undefined ? [] : [[name, minimalValue(table, first)]];
    }),
  );

/** The smallest value of a type. */
function minimalValue(table: TypeTable, type: ValueType): unknown {
  const resolved = table.resolve(type);
  switch (resolved.kind) {
    case "string":
      return "x";
    case "number":
      return 1024;
    case "boolean":
      return true;
    case "bytes":
      return "AA==";
    case "literal":
      return resolved.value;
    case "list": {
      const [first] = table.members(resolved.of);
      return first === undefined || table.fields(first) !== undefined ? [] : [minimalValue(table, first)];
    }
    case "record":
      return {};
    case "union": {
      const [first] = table.members(type);
      return first === undefined ? {} : minimalValue(table, first);
    }
    case "object":
    case "intersection":
      return minimalObject(table, table.fields(type) ?? []);
    default:
      return {};
  }
}
