/** A type of TypeScript, as far as values of JSON have it. */
export type ValueType =
  | { readonly kind: "string" | "number" | "boolean" | "bytes" | "unknown" | "never" }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly of: ValueType }
  | { readonly kind: "record"; readonly of: ValueType }
  | { readonly kind: "union"; readonly members: readonly ValueType[] }
  | { readonly kind: "intersection"; readonly members: readonly ValueType[] }
  | ObjectType
  /** A name; what it stands for is looked up where it is needed, since types hold themselves. */
  | { readonly kind: "reference"; readonly name: string };

/** A type with fields. */
interface ObjectType {
  readonly kind: "object";
  readonly fields: readonly FieldType[];
  /** Names of the types that it takes fields over from. */
  readonly extends: readonly string[];
}

/** A field of an object. */
export interface FieldType {
  readonly name: string;
  readonly optional: boolean;
  readonly type: ValueType;
  /** The comment above it. */
  readonly comment: string;
}
