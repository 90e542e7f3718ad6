import {
  type Comment,
  parseSync,
  type Span,
  type Statement,
  type TSInterfaceDeclaration,
  type TSModuleDeclaration,
  type TSSignature,
  type TSType,
  type TSTypeName,
} from "oxc-parser";
import type { FieldType, ValueType } from "./value-type.ts";

/**
 * Reads the types that a file of declarations exports.
 *
 * @param text The file.
 * @param path Its name, for the error.
 * @returns Name → type. What lies in a namespace has the name of the namespace before its own: `Tool.InputSchema`.
 * @throws {SyntaxError} The text cannot be parsed.
 */
export function parseDeclarations(text: string, path: string): ReadonlyMap<string, ValueType> {
  const { program, errors, comments } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new SyntaxError(`Cannot read the types of ${path}: ${error.message}`);
  const types = new Map<string, ValueType>();
  readStatements(program.body as readonly Statement[], "", types, comments);
  return types;
}

type Types = Map<string, ValueType>;
type Comments = readonly Comment[];

function readStatements(body: readonly Statement[], prefix: string, types: Types, comments: Comments): void {
  for (const statement of body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    switch (declaration?.type) {
      case "TSInterfaceDeclaration":
        types.set(`${prefix}${declaration.id.name}`, readInterface(declaration, comments));
        break;
      case "TSTypeAliasDeclaration":
        // AWS's enumerations: a constant, and a type of its values under the same name.
        if (declaration.typeAnnotation.type === "TSIndexedAccessType") break;
        types.set(`${prefix}${declaration.id.name}`, readType(declaration.typeAnnotation, comments));
        break;
      case "TSModuleDeclaration":
        if (declaration.kind !== "global") readNamespace(declaration, prefix, types, comments);
        break;
      case "VariableDeclaration":
        for (const { id } of declaration.declarations) {
          const annotation = id.type === "Identifier" ? id.typeAnnotation?.typeAnnotation : undefined;
          if (id.type !== "Identifier" || annotation?.type !== "TSTypeLiteral") continue;
          const values = readFields(annotation, annotation.members, comments).map(({ type }) => type);
          types.set(`${prefix}${id.name}`, { kind: "union", members: values });
        }
        break;
      default:
    }
  }
}

function readNamespace({ id, body }: TSModuleDeclaration, prefix: string, types: Types, comments: Comments): void {
  if (id.type !== "Identifier" || body?.type !== "TSModuleBlock") return;
  readStatements(body.body as readonly Statement[], `${prefix}${id.name}.`, types, comments);
}

function readInterface({ body, extends: bases }: TSInterfaceDeclaration, comments: Comments): ValueType {
  return {
    kind: "object",
    fields: readFields(body, body.body, comments),
    extends: bases.flatMap(({ expression }) => (expression.type === "Identifier" ? [expression.name] : [])),
  };
}

function readFields({ start: first }: Span, members: readonly TSSignature[], comments: Comments): readonly FieldType[] {
  return members.flatMap((member, index) => {
    if (member.type !== "TSPropertySignature" || member.typeAnnotation === null) return [];
    const { key, optional, typeAnnotation, start } = member;
    if (key.type !== "Identifier" && key.type !== "Literal") return [];
    const before = members[index - 1]?.end ?? first;
    const comment = comments.findLast(({ start: from, end }) => from >= before && end <= start)?.value ?? "";
    const name = key.type === "Identifier" ? key.name : String(key.value);
    return [{ name, optional, type: readType(typeAnnotation.typeAnnotation, comments), comment }];
  });
}

function readType(type: TSType, comments: Comments): ValueType {
  const inner = (other: TSType): ValueType => readType(other, comments);
  switch (type.type) {
    case "TSStringKeyword":
    case "TSTemplateLiteralType":
      return { kind: "string" };
    case "TSNumberKeyword":
      return { kind: "number" };
    case "TSBooleanKeyword":
      return { kind: "boolean" };
    case "TSNullKeyword":
      return { kind: "literal", value: null };
    case "TSUndefinedKeyword":
    case "TSNeverKeyword":
      return { kind: "never" };
    case "TSLiteralType": {
      const value = type.literal.type === "Literal" ? type.literal.value : undefined;
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? { kind: "literal", value }
        : { kind: "unknown" };
    }
    case "TSParenthesizedType":
    case "TSTypeOperator":
      return inner(type.typeAnnotation);
    case "TSArrayType":
      return { kind: "list", of: inner(type.elementType) };
    case "TSUnionType":
      return { kind: "union", members: type.types.map(inner) };
    case "TSIntersectionType": {
      const members = type.types.map(inner);
      // `string & {}`, beside texts that are suggested.
      return members.find(({ kind }) => kind === "string") ?? { kind: "intersection", members };
    }
    case "TSTypeLiteral": {
      const index = type.members.find((member) => member.type === "TSIndexSignature");
      return index === undefined
        ? { kind: "object", fields: readFields(type, type.members, comments), extends: [] }
        : { kind: "record", of: inner(index.typeAnnotation.typeAnnotation) };
    }
    case "TSTypeReference":
      return readReference(formatName(type.typeName), type.typeArguments?.params ?? [], inner);
    default:
      return { kind: "unknown" };
  }
}

function readReference(name: string, args: readonly TSType[], inner: (type: TSType) => ValueType): ValueType {
  const [first, second] = args;
  if ((name === "Array" || name === "ReadonlyArray") && first !== undefined) return { kind: "list", of: inner(first) };
  if (name === "Record" && second !== undefined) return { kind: "record", of: inner(second) };
  if (name === "Uint8Array") return { kind: "bytes" };
  if (name === "Date") return { kind: "string" };
  return { kind: "reference", name };
}

function formatName(name: TSTypeName): string {
  if (name.type === "TSQualifiedName") return `${formatName(name.left)}.${name.right.name}`;
  return name.type === "Identifier" ? name.name : "this";
}
