import { type ExportSpecifier, type Expression, type ImportDeclarationSpecifier, parseSync, Visitor } from "oxc-parser";
import { lineAt } from "./line-at.ts";

/** A module that a file asks for. */
export interface ModuleImport {
  readonly specifier: string;
  /** `type` where only types are asked for. */
  readonly kind: "runtime" | "type";
  /** Counted from 1. */
  readonly line: number;
}

type Kind = ModuleImport["kind"];
/** As the parser calls it; no kind at all in JavaScript. */
type DeclaredKind = "type" | "value" | undefined;

/**
 * Finds what a TypeScript module imports: `import`, `export … from`, `import x = require()`, `import()` of a literal, and
 * the type `import("x")`.
 *
 * A declaration is a type import where it says `type`, or where each of its specifiers does.
 *
 * @param text The source of the module.
 * @param path The file it is in; its ending says in which language it is written.
 * @returns The imports, in the order in which they stand.
 * @throws {SyntaxError} The text cannot be parsed, so that nobody knows what it imports.
 */
export function parseImports(text: string, path = "module.ts"): ModuleImport[] {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) {
    const line = lineAt(text, error.labels[0]?.start ?? 0);
    throw new SyntaxError(`Cannot tell what ${path} imports: line ${line}: ${error.message}`);
  }

  const found: { readonly specifier: string; readonly kind: Kind; readonly start: number }[] = [];
  const add = ({ value, start }: { readonly value: string; readonly start: number }, kind: Kind): void => {
    found.push({ specifier: value, kind, start });
  };
  new Visitor({
    ImportDeclaration: ({ source, importKind, specifiers }) =>
      add(source, kindOf(importKind, specifiers.map(importedKind))),
    ExportNamedDeclaration: ({ source, exportKind, specifiers }) => {
      if (source !== null) add(source, kindOf(exportKind, specifiers.map(exportedKind)));
    },
    ExportAllDeclaration: ({ source, exportKind }) => add(source, kindOf(exportKind)),
    ImportExpression: ({ source }) => {
      const literal = literalOf(source);
      if (literal !== undefined) add(literal, "runtime");
    },
    TSImportType: ({ source }) => add(source, "type"),
    TSImportEqualsDeclaration: ({ moduleReference, importKind }) => {
      if (moduleReference.type === "TSExternalModuleReference") add(moduleReference.expression, kindOf(importKind));
    },
  }).visit(program);

  // A visitor follows the tree, which need not be the order of the text.
  return found
    .toSorted((one, other) => one.start - other.start)
    .map(({ specifier, kind, start }) => ({ specifier, kind, line: lineAt(text, start) }));
}

function kindOf(declared: DeclaredKind, specifiers: readonly DeclaredKind[] = []): Kind {
  // `import {} from "x"` names nothing and loads the module all the same.
  const onlyTypes = specifiers.length > 0 && specifiers.every((kind) => kind === "type");
  return declared === "type" || onlyTypes ? "type" : "runtime";
}

function importedKind(specifier: ImportDeclarationSpecifier): DeclaredKind {
  return specifier.type === "ImportSpecifier" ? specifier.importKind : "value";
}

function exportedKind({ exportKind }: ExportSpecifier): DeclaredKind {
  return exportKind;
}

/** Reads a string, or a template in which nothing is filled in; both also where they are cast. */
function literalOf(source: Expression): { readonly value: string; readonly start: number } | undefined {
  switch (source.type) {
    case "Literal":
      return typeof source.value === "string" ? { value: source.value, start: source.start } : undefined;
    case "TemplateLiteral": {
      const [whole] = source.quasis;
      return source.expressions.length > 0 ? undefined : { value: whole?.value.cooked ?? "", start: source.start };
    }
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return literalOf(source.expression);
    default:
      return undefined;
  }
}
