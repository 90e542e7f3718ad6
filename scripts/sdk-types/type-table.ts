import type { FieldType, ValueType } from "./value-type.ts";

/** Fields of an object, with those that it takes over. */
export type TypeFields = readonly FieldType[];

/** The types of an SDK, by name. */
export class TypeTable {
  readonly #types = new Map<string, ValueType>();

  /** @param types Name → type, of each file; of two with one name the first counts. */
  constructor(...types: readonly ReadonlyMap<string, ValueType>[]) {
    for (const file of types) {
      for (const [name, type] of file) if (!this.#types.has(name)) this.#types.set(name, type);
    }
  }

  /**
   * Looks a name up.
   *
   * @param name As it was written: before it may stand the name that a file is imported under.
   * @returns Its type; `unknown` where no file has it.
   */
  find(name: string): ValueType {
    const short = name.replace(/^[A-Za-z]+API\./, "");
    return this.#types.get(short) ?? { kind: "unknown" };
  }

  /** The type behind names. */
  resolve(type: ValueType): ValueType {
    return type.kind === "reference" ? this.resolve(this.find(type.name)) : type;
  }

  /** The members of a union, those of unions inside it included; a type that is no union alone. `undefined` is left out. */
  members(type: ValueType): readonly ValueType[] {
    const resolved = this.resolve(type);
    if (resolved.kind !== "union") return resolved.kind === "never" ? [] : [type];
    return resolved.members.flatMap((member) => this.members(member));
  }

  /** The fields of an object or of an intersection; `undefined` of anything else. */
  fields(type: ValueType): TypeFields | undefined {
    const resolved = this.resolve(type);
    if (resolved.kind === "intersection") return resolved.members.flatMap((member) => this.fields(member) ?? []);
    if (resolved.kind !== "object") return undefined;
    const own = new Set(resolved.fields.map(({ name }) => name));
    const taken = resolved.extends.flatMap((name) => this.fields(this.find(name)) ?? []);
    return [...resolved.fields, ...taken.filter(({ name }) => !own.has(name))];
  }
}
