/** The form of a value of JSON, as data. */
export type Schema =
  | { readonly kind: "any" | "boolean" }
  | { readonly kind: "string"; readonly values?: readonly string[]; readonly pattern?: RegExp }
  | { readonly kind: "integer" | "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: "list"; readonly of: Schema; readonly minItems?: number }
  /** A text, or a list of blocks. */
  | { readonly kind: "text-or-list"; readonly of: Schema }
  | ObjectSchema
  | TaggedSchema
  /** An object in which one of these fields says what it is, as AWS writes its unions. */
  | { readonly kind: "keyed"; readonly members: Readonly<Record<string, Schema>> };

/** An object and its fields. */
export interface ObjectSchema {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  /** Where one of the required fields may be left out. */
  readonly spare: SparedField | undefined;
  /** Fields that may be `null`. */
  readonly nullable: ReadonlySet<string>;
  /** Fields that are never taken, whatever is said of unknown ones. */
  readonly forbidden: ReadonlySet<string>;
  /** Whether fields that are not listed are judged as unknown ones; elsewhere any other field is taken. */
  readonly closed: boolean;
  /** Whether it lies inside a body, where unknown fields are judged on their own. */
  readonly inside: boolean;
}

/** A required field that may be left out of objects of one kind, where another field says something. */
export interface SparedField {
  readonly field: string;
  /** A field of the object, and the text that it has. */
  readonly where: readonly [field: string, text: string];
  /** The other field: an object with at least one field that is not `null`. */
  readonly beside: string;
}

/** An object whose form depends on one of its fields. */
export interface TaggedSchema {
  readonly kind: "tagged";
  readonly tag: string;
  readonly variants: Readonly<Record<string, Schema>>;
  /** The variant where the tag is left out. */
  readonly untagged?: string;
  /** Tags besides those of the variants, whose objects are taken as they are. */
  readonly others?: RegExp;
}

interface ObjectOptions {
  readonly required?: readonly string[];
  readonly spare?: SparedField;
  readonly nullable?: readonly string[];
  readonly forbidden?: readonly string[];
  readonly closed?: boolean;
  readonly inside?: boolean;
}

/** Without a prototype: a field may be called anything. */
const table = <Value>(rows: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.assign(Object.create(null), rows);

/**
 * Makes an {@link ObjectSchema}.
 *
 * @returns Takes other fields as well, unless `closed` says otherwise.
 */
export const object = (fields: Readonly<Record<string, Schema>>, options: ObjectOptions = {}): ObjectSchema => ({
  kind: "object",
  fields: table(fields),
  required: options.required ?? [],
  spare: options.spare,
  nullable: new Set(options.nullable),
  forbidden: new Set(options.forbidden),
  closed: options.closed ?? options.inside ?? false,
  inside: options.inside ?? false,
});

/**
 * Makes a {@link TaggedSchema}.
 *
 * @returns Its tag is `type`, unless `more` says otherwise.
 */
export const tagged = (
  variants: Readonly<Record<string, Schema>>,
  more: Partial<Omit<TaggedSchema, "kind" | "variants">> = {},
): TaggedSchema => ({ kind: "tagged", tag: "type", variants: table(variants), ...more });

/**
 * Makes the schema of a union of AWS.
 *
 * @returns An object of which one field says what it is.
 */
export const keyed = (members: Readonly<Record<string, Schema>>): Schema => ({
  kind: "keyed",
  members: table(members),
});

/**
 * Makes the schema of a list.
 *
 * @returns Of any length, unless `minItems` says otherwise.
 */
export const list = (of: Schema, minItems?: number): Schema => ({
  kind: "list",
  of,
  ...(minItems === undefined ? {} : { minItems }),
});

export const ANY: Schema = { kind: "any" };
export const STRING: Schema = { kind: "string" };
export const BOOLEAN: Schema = { kind: "boolean" };
export const OBJECT: ObjectSchema = object({});

/**
 * Makes the schema of a text that is one of these.
 *
 * @returns Compares them to the letter.
 */
export const oneOf = (...values: string[]): Schema => ({ kind: "string", values });
