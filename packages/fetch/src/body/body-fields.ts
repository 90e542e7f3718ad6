import type { LongStrings } from "./skip-string.ts";

/** A value of a body, and where it stands. */
export interface BodyField<Value> {
  /** Parsed; null where the body holds another kind of value there. */
  readonly value: Value | null;
  /** Where the value begins, in bytes from the start of the body. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** What decides of a JSON body, at its top level. A field is null where the body does not have it. */
export interface BodyFields {
  readonly model: BodyField<string> | null;
  readonly stream: BodyField<boolean> | null;
  readonly max_tokens: BodyField<number> | null;
  /** Strings anywhere in the body that are passed over at once where it is read again. */
  readonly longStrings: LongStrings;
}

/** What a body decides that decides nothing: none, or one that is no JSON. */
export const NO_FIELDS: BodyFields = { model: null, stream: null, max_tokens: null, longStrings: new Map() };
