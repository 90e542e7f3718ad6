import { AuthError, findDuplicateKey, parsePolicy, type Policy } from "@claude-on-aws/auth/iam";
import { isAccountId, isObject } from "@claude-on-aws/endpoints";
import { FakeError } from "../input/fake-error.ts";
import { parsePrincipalArn } from "./principal-arn.ts";

/** Who may assume a role: the statements of its trust policy, each with whom it names. */
export type TrustPolicy = readonly TrustStatement[];

interface TrustStatement {
  readonly principals: readonly TrustedPrincipal[];
  /** A policy of this statement alone, without its `Principal`. */
  readonly policy: Policy;
}

/** Somebody whom a statement names. */
interface TrustedPrincipal {
  readonly kind: PrincipalKind;
  /** A `*`, the number of an account, an ARN, or the name of a provider or a service. */
  readonly name: string;
}

type PrincipalKind = "anybody" | "account" | "arn" | "federated" | "service";

/** Who wants to assume a role. */
export interface TrustCaller {
  /** ARNs that name somebody who signed: their own, and of a session that of its role. */
  readonly arns?: readonly string[] | undefined;
  readonly accountId?: string | undefined;
  /** Names of the identity provider whose token it is. */
  readonly providers?: readonly string[] | undefined;
}

/** Identity providers that are named without an ARN. */
const KNOWN_PROVIDERS: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);

const PROVIDER_ARN = /^arn:(?:aws|aws-cn|aws-us-gov):iam::\d{12}:(?:oidc|saml)-provider\/[\x21-\x7e]{1,512}$/;
const ROOT_ARN = /^arn:(?:aws|aws-cn|aws-us-gov):iam::(\d{12}):root$/;
const SERVICE = /^[a-z0-9.-]{1,128}\.amazonaws\.com(?:\.cn)?$/;
const STS_ACTION = /^sts:/i;

/** How each type of principal is read; `undefined` where the name is none of its kind. */
const READERS: ReadonlyMap<string, (name: string) => TrustedPrincipal | undefined> = new Map([
  ["AWS", readAws],
  ["Federated", readFederated],
  ["Service", (name) => (SERVICE.test(name) ? { kind: "service", name } : undefined)],
]);

function readAws(name: string): TrustedPrincipal | undefined {
  if (name === "*") return ANYBODY;
  const accountId = isAccountId(name) ? name : ROOT_ARN.exec(name)?.[1];
  if (accountId !== undefined) return { kind: "account", name: accountId };
  return parsePrincipalArn(name) === undefined ? undefined : { kind: "arn", name };
}

function readFederated(name: string): TrustedPrincipal | undefined {
  const isOne = name === "*" || KNOWN_PROVIDERS.has(name) || PROVIDER_ARN.test(name);
  return isOne ? { kind: "federated", name } : undefined;
}

const ANYBODY: TrustedPrincipal = { kind: "anybody", name: "*" };

/**
 * Reads the trust policy of a role.
 *
 * @param source Its document, or its JSON text.
 * @param path Where it stands in the options, such as `principals[0].trustPolicy`: its name in a decision.
 * @returns Its statements.
 * @throws {FakeError} `CONFIGURATION_POLICY` where it is no trust policy.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html | Principal}
 */
export function parseTrustPolicy(source: string | object, path: string): TrustPolicy {
  const document = typeof source === "string" ? parseDocument(source, path) : source;
  const given = isObject(document) ? document["Statement"] : undefined;
  const items = Array.isArray(given) ? given : [given];
  // What a trust policy is about is the role that it is of; the rest is read as in every policy.
  const statements = items.map((item: unknown, index) => {
    if (!isObject(item)) return item;
    const { Principal: _, ...rest } = item;
    if ("Resource" in rest || "NotResource" in rest) {
      throw malformed(path, `a Resource in statement ${index}`, "leave it out: the role itself is meant");
    }
    return { ...rest, Resource: "*" };
  });
  const policy = readPolicy({ ...(isObject(document) ? document : {}), Statement: statements }, path);
  return policy.statements.map((statement, index) => {
    const item: unknown = items[index];
    const notSts = statement.action.values.find(({ text }) => !STS_ACTION.test(text));
    if (notSts !== undefined) {
      throw malformed(path, `the action ${JSON.stringify(notSts.text)}`, "name actions of sts alone");
    }
    const principals = readPrincipals(isObject(item) ? item["Principal"] : undefined, path, index);
    return { principals, policy: { ...policy, statements: [statement] } };
  });
}

function parseDocument(text: string, path: string): unknown {
  try {
    const document: unknown = JSON.parse(text);
    const twice = findDuplicateKey(text);
    if (twice === undefined) return document;
    throw malformed(path, `the key ${twice} for the second time`, "merge the two");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw malformed(path, "a text that is no JSON", "write the document of a trust policy");
  }
}

function readPolicy(document: object, path: string): Policy {
  try {
    return parsePolicy(document, { name: path });
  } catch (cause) {
    if (!(cause instanceof AuthError)) throw cause;
    throw malformed(path, "a document that is no trust policy", cause.message);
  }
}

function readPrincipals(given: unknown, path: string, index: number): readonly TrustedPrincipal[] {
  if (given === "*") return [ANYBODY];
  const named = isObject(given)
    ? Object.entries(given).flatMap(([type, names]) =>
        (Array.isArray(names) ? names : [names]).map((name: unknown) => ({ type, name })),
      )
    : [];
  if (named.length === 0) {
    throw malformed(path, `no Principal in statement ${index}`, 'such as { "AWS": "123456789012" }');
  }
  return named.map(({ type, name }) => {
    const principal = typeof name === "string" ? READERS.get(type)?.(name) : undefined;
    if (principal !== undefined) return principal;
    const found = `the principal ${JSON.stringify({ [type]: name }).slice(0, MAX_SHOWN)} in statement ${index}`;
    throw malformed(path, found, "AWS takes accounts and ARNs or *, Federated an identity provider, Service a service");
  });
}

/** How much of a principal is shown in a message, in characters. */
const MAX_SHOWN = 120;

const malformed = (path: string, found: string, fix: string): FakeError =>
  new FakeError("CONFIGURATION_POLICY", { path, found, expected: "a trust policy of a role", fix });

/**
 * Picks the statements of a trust policy that name somebody.
 *
 * @returns Policies, in order; and of those the ones that name somebody who signed otherwise than by their account: within
 * an account these need no other permission.
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html | AssumeRole, permissions}
 */
export function statementsFor(
  trust: TrustPolicy,
  caller: TrustCaller,
): { readonly policies: readonly Policy[]; readonly direct: readonly Policy[] } {
  const policies: Policy[] = [];
  const direct: Policy[] = [];
  for (const { principals, policy } of trust) {
    const naming = principals.filter((principal) => isNamed(principal, caller));
    if (naming.length > 0) policies.push(policy);
    if (naming.some(({ kind }) => kind !== "account")) direct.push(policy);
  }
  return { policies, direct };
}

function isNamed({ kind, name }: TrustedPrincipal, { arns, accountId, providers }: TrustCaller): boolean {
  switch (kind) {
    case "anybody":
      return true;
    case "account":
      return accountId === name;
    case "arn":
      return arns?.includes(name) === true;
    case "federated":
      return providers !== undefined && (name === "*" || providers.includes(name));
    // No service of AWS asks here.
    case "service":
      return false;
  }
}
