/** What `deno doc --json` prints, as far as the READMEs need it. */
export interface DocumentedModules {
  /** By the address of each module. */
  readonly nodes: Readonly<Record<string, { readonly symbols: readonly DocumentedName[] }>>;
}

/** A name that a module exports. */
interface DocumentedName {
  readonly name: string;
  readonly declarations: readonly DocumentedDeclaration[];
}

/** How a name is declared. */
export interface DocumentedDeclaration {
  readonly kind: "function" | "variable" | "class" | "interface" | "typeAlias" | "reference" | "enum" | "namespace";
  readonly location: DocumentedPlace;
  readonly jsDoc?: DocString;
  readonly def?: {
    /** Of a function; one that takes an object apart has no name. */
    readonly params?: readonly { readonly name?: string; readonly left?: { readonly name?: string } }[];
    /** Of a class or an interface. */
    readonly properties?: readonly DocumentedProperty[];
    /** Of a type. */
    readonly tsType?: DocumentedType;
    /** Of a reference: where the declaration is. */
    readonly target?: DocumentedPlace;
  };
}

/** A property of a class or an interface. */
export interface DocumentedProperty {
  readonly name: string;
  readonly tsType?: DocumentedType;
  readonly jsDoc?: DocString;
}

/** A docstring. */
interface DocString {
  readonly doc?: string;
  readonly tags?: readonly {
    readonly kind: string;
    readonly name?: string;
    /** What stands in the braces of `@default`. */
    readonly value?: string;
    readonly doc?: string;
  }[];
}

/** Where something stands. */
interface DocumentedPlace {
  readonly filename: string;
  readonly line: number;
}

/** A type. */
export interface DocumentedType {
  readonly kind: string;
  readonly repr: string;
  readonly value?: unknown;
}
