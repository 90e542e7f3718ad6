import { tokenize, type Token } from "./tokenize.ts";

/** A module that a file asks for. */
export interface ModuleImport {
  readonly specifier: string;
  /** `type` where the import is erased before the file runs. */
  readonly kind: "runtime" | "type";
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Finds what a TypeScript module imports: `import`, `export … from`, `import()` with a literal.
 *
 * An `import { type X }` is a runtime import: under `verbatimModuleSyntax` the module is loaded.
 */
export function parseImports(text: string): ModuleImport[] {
  const tokens = tokenize(text);
  return tokens.flatMap((token, index) => {
    if (token.kind !== "word" || isMark(tokens[index - 1], ".")) return [];
    if (token.text === "import") return importAt(tokens, index);
    if (token.text === "export") return reexportAt(tokens, index);
    return [];
  });
}

function importAt(tokens: readonly Token[], index: number): ModuleImport[] {
  const next = tokens[index + 1];
  if (next === undefined) return [];
  if (next.kind === "string") return [moduleImport(next, "runtime")];
  if (isMark(next, "(")) {
    const inType = tokens[index - 1]?.text === "typeof";
    return [tokens[index + 2]].flatMap((argument) =>
      argument?.kind === "string" ? [moduleImport(argument, inType ? "type" : "runtime")] : [],
    );
  }
  if (next.kind !== "word" && !isMark(next, "{") && !isMark(next, "*")) return [];
  return fromAt(tokens, index + 1);
}

function reexportAt(tokens: readonly Token[], index: number): ModuleImport[] {
  const start = tokens[index + 1]?.text === "type" ? index + 2 : index + 1;
  const next = tokens[start];
  if (isMark(next, "*")) return fromAt(tokens, index + 1);
  if (!isMark(next, "{")) return [];
  const end = tokens.findIndex((token, at) => at > start && isMark(token, "}"));
  return tokens[end + 1]?.text === "from" ? fromAt(tokens, index + 1) : [];
}

/** Reads a clause from its first word to the string behind `from`. */
function fromAt(tokens: readonly Token[], start: number): ModuleImport[] {
  const second = tokens[start + 1];
  const isType = tokens[start]?.text === "type" && second?.text !== "from" && !isMark(second, ",");
  for (let at = start; at < tokens.length && !isMark(tokens[at], ";"); at++) {
    const next = tokens[at + 1];
    if (tokens[at]?.text === "from" && next?.kind === "string")
      return [moduleImport(next, isType ? "type" : "runtime")];
  }
  return [];
}

function moduleImport({ text, line }: Token, kind: ModuleImport["kind"]): ModuleImport {
  return { specifier: text, kind, line };
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}
