import { isObject, nearestName } from "@claude-on-aws/endpoints";
import { AuthError } from "../../errors.ts";
import { findDuplicateKey } from "./find-duplicate-key.ts";
import type { Policy, Statement, StatementCondition, StatementValue } from "./policy.ts";

/** Options for {@link parsePolicy}. */
export interface ParsePolicyOptions {
  /** The name of the policy in a decision. */
  readonly name?: string | undefined;
  /**
   * Largest policy, in characters. The most that a decision can cost grows with it.
   *
   * @default {20_480} twice the largest that IAM keeps
   */
  readonly maxCharacters?: number | undefined;
}

const MAX_CHARACTERS = 20_480;
const SID = /^[A-Za-z0-9]*$/;

const POLICY_KEYS = ["Version", "Id", "Statement"] as const;
const STATEMENT_KEYS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"] as const;

/**
 * Reads an IAM policy: its elements must be those that the policy language
 * has, each of the right kind. Names of actions, resources and condition keys
 * are not looked up here: {@link lintPolicy} does that, and
 * {@link evaluatePolicy} allows nothing because of a wrong one.
 *
 * Only identity-based policies, boundaries and session policies are read. A
 * resource-based policy, which has a `Principal`, is refused.
 *
 * @example Usage
 * ```ts
 * import { parsePolicy } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const policy = parsePolicy(`{
 *   "Version": "2012-10-17",
 *   "Statement": { "Effect": "Allow", "Action": "aws-external-anthropic:CreateInference", "Resource": "*" }
 * }`);
 *
 * equal(policy.statements[0]?.effect, "Allow");
 * ```
 *
 * @param policy The JSON text, or the parsed value.
 * @param options Its name, and how large it may be.
 * @returns The policy, with the JSON path of everything in it.
 * @throws {AuthError} `POLICY_MALFORMED` with the JSON path as `path`, or `POLICY_TOO_LARGE`.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html | Grammar of the IAM JSON policy language}
 */
export function parsePolicy(policy: string | object, options: ParsePolicyOptions = {}): Policy {
  const { name, maxCharacters = MAX_CHARACTERS } = options;
  const reader = new PolicyReader(maxCharacters);
  const root = reader.object(typeof policy === "string" ? parseJson(policy, maxCharacters) : policy, "$");
  reader.onlyKeys(root, "$", POLICY_KEYS);
  const version = root.has("Version") ? reader.text(root.get("Version"), "$.Version") : undefined;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    throw malformed("$.Version", shown(version), 'expected "2012-10-17" or "2008-10-17"');
  }
  const given = root.get("Statement");
  const items = Array.isArray(given) ? given : [given];
  if (given === undefined || items.length === 0) {
    throw malformed(
      "$.Statement",
      given === undefined ? "found nothing" : "found an empty list",
      "expected a statement",
    );
  }
  const statements = items.map((item: unknown, index) =>
    parseStatement(reader, item, Array.isArray(given) ? `$.Statement[${index}]` : "$.Statement"),
  );
  refuseRepeatedSids(statements);
  return {
    name,
    version: version ?? "2008-10-17",
    versionGiven: version !== undefined,
    id: root.has("Id") ? reader.text(root.get("Id"), "$.Id") : undefined,
    statements,
  };
}

function parseJson(text: string, maxCharacters: number): unknown {
  if (text.length > maxCharacters) throw tooLarge(text.length, maxCharacters);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AuthError("POLICY_MALFORMED", "Cannot read policy: it is not JSON, expected an object", {
      path: "$",
      cause,
    });
  }
  const path = findDuplicateKey(text);
  if (path !== undefined) {
    throw malformed(path, "found the same key for the second time", "expected each once; merge the two");
  }
  return value;
}

function parseStatement(reader: PolicyReader, item: unknown, path: string): Statement {
  const fields = reader.object(item, path);
  reader.onlyKeys(fields, path, STATEMENT_KEYS);
  const sid = fields.has("Sid") ? reader.text(fields.get("Sid"), `${path}.Sid`) : undefined;
  if (sid !== undefined && !SID.test(sid)) {
    throw malformed(`${path}.Sid`, shown(sid), "expected letters and digits only");
  }
  const effect = fields.get("Effect");
  if (effect !== "Allow" && effect !== "Deny") {
    throw malformed(`${path}.Effect`, shown(effect), 'expected "Allow" or "Deny"');
  }
  const action = oneOf(fields, path, "Action", "NotAction");
  const resource = oneOf(fields, path, "Resource", "NotResource");
  return {
    path,
    sid,
    effect,
    action: { element: action, values: reader.texts(fields.get(action), `${path}.${action}`) },
    resource: { element: resource, values: reader.texts(fields.get(resource), `${path}.${resource}`) },
    conditions: fields.has("Condition") ? parseConditions(reader, fields.get("Condition"), `${path}.Condition`) : [],
  };
}

function parseConditions(reader: PolicyReader, value: unknown, path: string): StatementCondition[] {
  return [...reader.object(value, path)].flatMap(([operator, keys]) => {
    const operatorPath = `${path}.${operator}`;
    return [...reader.object(keys, operatorPath)].map(([key, given]) => {
      const keyPath = `${operatorPath}["${key}"]`;
      const items = Array.isArray(given) ? given : [given];
      const values = items.map((item: unknown, index): StatementValue => {
        const at = Array.isArray(given) ? `${keyPath}[${index}]` : keyPath;
        const isPlain = typeof item === "boolean" || typeof item === "number";
        return { text: isPlain ? String(item) : reader.text(item, at), path: at };
      });
      return { operatorPath, operator, path: keyPath, key, values };
    });
  });
}

function oneOf<const First extends string, const Second extends string>(
  fields: ReadonlyMap<string, unknown>,
  path: string,
  first: First,
  second: Second,
): First | Second {
  if (fields.has(first) === fields.has(second)) {
    throw malformed(path, fields.has(first) ? "found both" : "found neither", `expected either ${first} or ${second}`);
  }
  return fields.has(first) ? first : second;
}

function refuseRepeatedSids(statements: readonly Statement[]): void {
  const seen = new Set<string>();
  for (const { sid, path } of statements) {
    if (sid === undefined || sid === "") continue;
    if (seen.has(sid)) throw malformed(`${path}.Sid`, `${shown(sid)} again`, "expected each Sid once in a policy");
    seen.add(sid);
  }
}

/** Reads values that may be anything, no deeper than a policy goes, and counts their characters. */
class PolicyReader {
  #characters = 0;
  readonly #maxCharacters: number;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  object(value: unknown, path: string): Map<string, unknown> {
    if (!isObject(value)) throw malformed(path, shown(value), "expected an object");
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    for (const [key] of entries) this.#count(key);
    return new Map(entries);
  }

  onlyKeys(fields: ReadonlyMap<string, unknown>, path: string, known: readonly string[]): void {
    for (const key of fields.keys()) {
      if (known.includes(key)) continue;
      if (key === "Principal" || key === "NotPrincipal") {
        throw malformed(
          `${path}.${key}`,
          "found a resource-based policy",
          "expected an identity-based one; leave the element out, and attach the policy to the principal",
        );
      }
      const nearest = nearestName(key, known);
      const way = nearest === undefined ? `one of ${known.join(", ")}` : `"${nearest}"`;
      throw malformed(`${path}.${key}`, "found an element that policies do not have", `expected ${way}`);
    }
  }

  text(value: unknown, path: string): string {
    if (typeof value !== "string") throw malformed(path, shown(value), "expected a text");
    this.#count(value);
    return value;
  }

  texts(value: unknown, path: string): StatementValue[] {
    if (!Array.isArray(value)) return [{ text: this.text(value, path), path }];
    if (value.length === 0) throw malformed(path, "found an empty list", "expected at least one text");
    return value.map((item: unknown, index) => {
      const at = `${path}[${index}]`;
      return { text: this.text(item, at), path: at };
    });
  }

  #count(text: string): void {
    // Even an empty text costs something.
    this.#characters += text.length + 1;
    if (this.#characters > this.#maxCharacters) throw tooLarge(this.#characters, this.#maxCharacters);
  }
}

function malformed(path: string, found: string, expected: string): AuthError {
  const where = path.length > MAX_SHOWN ? `${path.slice(0, MAX_SHOWN)}…` : path;
  return new AuthError("POLICY_MALFORMED", `Cannot read policy at ${where}: ${found}, ${expected}`, { path });
}

function tooLarge(characters: number, maxCharacters: number): AuthError {
  return new AuthError(
    "POLICY_TOO_LARGE",
    `Cannot read policy: it has ${characters} characters or more, expected at most ${maxCharacters}; raise maxCharacters`,
    { path: "$" },
  );
}

const MAX_SHOWN = 120;

function shown(value: unknown): string {
  if (value === undefined) return "found nothing";
  if (value === null) return "found null";
  if (Array.isArray(value)) return "found a list";
  if (typeof value === "string") return `found "${value.slice(0, MAX_SHOWN)}"`;
  return typeof value === "object" ? "found an object" : `found ${String(value)}`;
}
