import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readMembers } from "../../shared/read-members.ts";
import { listApiEntries } from "../../site/list-api-entries.ts";
import type {
  DocumentedDeclaration,
  DocumentedModules,
  DocumentedProperty,
  DocumentedType,
} from "./documented-modules.ts";

/** Something that an entry exports. */
export interface ExportedSymbol {
  readonly name: string;
  /** Where it is declared: the same wherever it is exported from. */
  readonly place: string;
  /** Whether it is there when a program runs; types are not. */
  readonly isValue: boolean;
  /** Its arguments, where it is a function. */
  readonly parameters: readonly string[] | undefined;
  /** What its docstring says before the first tag. */
  readonly text: string;
  /** Name of the type of `code`, where it is a class of errors that has one. */
  readonly codeType: string | undefined;
  /** Texts and names of other types of which it is the union, where it is one. */
  readonly union: readonly UnionMember[];
  /** What it has besides methods, where it is an interface. */
  readonly properties: readonly ExportedProperty[];
}

/** A property of an interface. */
export interface ExportedProperty {
  readonly name: string;
  /** What its docstring says before the first tag. */
  readonly text: string;
  /** What stands behind `@default`, and what is said of it. */
  readonly default: { readonly value: string; readonly note: string | undefined } | undefined;
}

/** One of the alternatives of a union. */
type UnionMember = { readonly text: string } | { readonly type: string };

/** What each entry exports, by its source from the root. */
export type Api = ReadonlyMap<string, readonly ExportedSymbol[]>;

const apis = new Map<string, Promise<Api>>();

/**
 * Reads what the published members export, with their docstrings. It is read once: no source changes while a script runs.
 *
 * @param root The workspace.
 */
export function readApi(root: string): Promise<Api> {
  const known = apis.get(root) ?? askDeno(root);
  apis.set(root, known);
  return known;
}

async function askDeno(root: string): Promise<Api> {
  const entries = await listApiEntries(root, await readMembers(root));
  const { stdout } = await promisify(execFile)(
    join(root, "node_modules/.bin/deno"),
    ["doc", "--quiet", "--json", ...entries],
    { cwd: root, maxBuffer: 256 * 1024 * 1024 },
  );
  const { nodes } = JSON.parse(stdout) as DocumentedModules;
  const modules = Object.entries(nodes);
  // Of what several entries export, one has the declaration; the others say where it stands.
  const declared = new Map(
    modules.flatMap(([, { symbols }]) =>
      symbols.flatMap(({ declarations }) => declarations.map((each) => [placeOf(each.location), each] as const)),
    ),
  );
  return new Map(
    modules.map(([url, { symbols }]) => [
      relative(root, fileURLToPath(url)),
      symbols.flatMap(({ name, declarations: [declaration] }) => {
        const target = declaration?.kind === "reference" ? declaration.def?.target : undefined;
        const found = target === undefined ? declaration : declared.get(placeOf(target));
        return found === undefined ? [] : [toSymbol(name, found)];
      }),
    ]),
  );
}

const placeOf = ({ filename, line }: DocumentedDeclaration["location"]): string => `${filename}:${line}`;

function toSymbol(name: string, { kind, location, jsDoc, def }: DocumentedDeclaration): ExportedSymbol {
  const named = (jsDoc?.tags ?? []).filter(({ kind: tag }) => tag === "param").map((tag) => tag.name ?? "");
  return {
    name,
    place: placeOf(location),
    isValue: kind !== "interface" && kind !== "typeAlias",
    parameters:
      kind === "function" ? (def?.params ?? []).map((given, index) => given.name ?? named[index] ?? "…") : undefined,
    text: jsDoc?.doc ?? "",
    codeType: kind === "class" ? def?.properties?.find((each) => each.name === "code")?.tsType?.repr : undefined,
    properties: kind === "interface" ? (def?.properties ?? []).map(toProperty) : [],
    union: kind === "typeAlias" && def?.tsType !== undefined ? membersOf(def.tsType) : [],
  };
}

function toProperty({ name, jsDoc }: DocumentedProperty): ExportedProperty {
  const tag = jsDoc?.tags?.find(({ kind }) => kind === "default");
  return {
    name,
    text: jsDoc?.doc ?? "",
    default: tag?.value === undefined ? undefined : { value: tag.value, note: tag.doc },
  };
}

function membersOf(type: DocumentedType): readonly UnionMember[] {
  if (type.kind === "union") return (type.value as readonly DocumentedType[]).flatMap(membersOf);
  if (type.kind === "typeRef") return [{ type: type.repr }];
  const { string } = type.value as { readonly string?: string };
  return string === undefined ? [] : [{ text: string }];
}
