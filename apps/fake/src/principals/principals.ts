import { parsePolicy, type Policy, type PolicySet } from "@claude-on-aws/auth/iam";
import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { FakeError } from "../input/fake-error.ts";
import type { Session } from "../terms/session.ts";
import type { AcceptedApiKey } from "../terms/accepted-key.ts";
import type { FakePrincipal, PolicySource } from "../terms/fake-principal.ts";
import { parsePrincipalArn, type PrincipalArn, userArn } from "./principal-arn.ts";
import { resolvePolicy } from "./resolve-policy.ts";
import { parseTrustPolicy, type TrustPolicy } from "./trust-policy.ts";

/** Who sends a request, and what decides what they may do. */
export interface Principal {
  /** Such as `arn:aws:sts::123456789012:assumed-role/reader/session`. */
  readonly arn: string;
  /** The same in conditions: of a session, the ARN of its role. */
  readonly conditionArn: string;
  readonly policies: PolicySet;
  /** Of a session that the fake issued, what policies can test of it. */
  readonly session?: Session | undefined;
}

/** Everybody who is known, and what is theirs. */
export interface PrincipalOptions {
  readonly principals: readonly FakePrincipal[];
  /** Those that were given to the fake itself: what of them is no principal's is the administrator's. */
  readonly credentials: readonly AwsCredentials[] | undefined;
  /** Those of the one user who has none of their own, where none were given. */
  readonly defaultCredentials: readonly AwsCredentials[];
  readonly apiKeys: readonly (string | AcceptedApiKey)[];
  readonly accountId: string;
}

/** The principals of an account, by what they send. */
export class Principals {
  /** Access keys of all of them, with those of the fake. */
  readonly credentials: readonly AwsCredentials[];
  /** API keys of all of them, with those of the fake. */
  readonly apiKeys: readonly (string | AcceptedApiKey)[];
  /** Names of the roles that were configured in this account. */
  readonly roleNames: readonly string[];
  readonly #byAccessKey = new Map<string, Principal>();
  readonly #byApiKey = new Map<string, Principal>();
  /** Users and roles, by account and name. */
  readonly #byName = new Map<string, Principal>();
  /** Trust policies of roles that have one, by account and name. */
  readonly #trust = new Map<string, TrustPolicy>();
  readonly #accountId: string;

  /** @throws {FakeError} where a principal, or a policy of one, cannot be used. */
  constructor({ principals, credentials: given, defaultCredentials, apiKeys, accountId }: PrincipalOptions) {
    this.#accountId = accountId;
    const read = principals.map((principal, index) => readPrincipal(principal, `principals[${index}]`, accountId));
    this.roleNames = read.flatMap(({ arn }) => (arn.type === "role" && arn.accountId === accountId ? [arn.name] : []));
    const heir = findHeir(read);
    const credentials = given ?? (heir === undefined ? [] : defaultCredentials);
    const owned: AwsCredentials[] = [];
    const keys: (string | AcceptedApiKey)[] = [];
    for (const { given: own, arn, principal, trust, path } of read) {
      this.#add(this.#byName, nameKey(arn), principal, path, "another principal of that name");
      if (trust !== undefined) this.#trust.set(nameKey(arn), trust);
      for (const { accessKeyId } of own.credentials ?? []) {
        const known = this.#byAccessKey.get(accessKeyId);
        // The same ID may occur with and without a session token.
        if (known !== principal) this.#add(this.#byAccessKey, accessKeyId, principal, path, "another's access key");
      }
      for (const key of own.apiKeys ?? []) {
        this.#add(this.#byApiKey, textOf(key), principal, path, "another's API key");
      }
      owned.push(...(own.credentials ?? []));
      keys.push(...(own.apiKeys ?? []));
    }
    const administrator = administratorOf(accountId);
    for (const { accessKeyId } of credentials) {
      if (!this.#byAccessKey.has(accessKeyId)) this.#byAccessKey.set(accessKeyId, heir ?? administrator);
    }
    for (const key of apiKeys) {
      if (!this.#byApiKey.has(textOf(key))) this.#byApiKey.set(textOf(key), administrator);
    }
    this.credentials = [...owned, ...credentials];
    this.apiKeys = [...keys, ...apiKeys];
  }

  /** The owner of an access key that was configured. */
  ofAccessKey(accessKeyId: string): Principal | undefined {
    return this.#byAccessKey.get(accessKeyId);
  }

  /** The owner of an API key that was configured. */
  ofApiKey(key: string): Principal | undefined {
    return this.#byApiKey.get(key);
  }

  /** A session, by its ARN: it may do what its role may. A role that nobody configured may do nothing. */
  ofSession(arn: string): Principal {
    const parsed = parsePrincipalArn(arn);
    const role = parsed && this.#byName.get(nameKey(parsed));
    return { arn, conditionArn: role?.conditionArn ?? arn, policies: role?.policies ?? { identity: [] } };
  }

  /**
   * Whether an ARN is that of another role than the one that was configured under its name: the name of a role is
   * unique in an account, whatever its path.
   */
  isNoRole(arn: string): boolean {
    const parsed = parsePrincipalArn(arn);
    const role = parsed && this.#byName.get(nameKey(parsed));
    return role !== undefined && role.conditionArn !== arn;
  }

  /** The trust policy of a role, by its ARN; `undefined` where it has none. */
  trustOf(arn: string): TrustPolicy | undefined {
    const parsed = parsePrincipalArn(arn);
    return parsed && this.#trust.get(nameKey(parsed));
  }

  /** Somebody whom the fake accepted, and nobody configured: they may do nothing. */
  stranger(): Principal {
    const arn = userArn(this.#accountId, "unknown");
    return { arn, conditionArn: arn, policies: { identity: [] } };
  }

  #add(to: Map<string, Principal>, key: string, principal: Principal, path: string, found: string): void {
    if (to.has(key)) {
      const fix = "give each principal a name, access keys and API keys of its own";
      throw new FakeError("CONFIGURATION_VALUE", { path, found, expected: "no two alike", fix });
    }
    to.set(key, principal);
  }
}

interface ReadPrincipal {
  readonly given: FakePrincipal;
  readonly path: string;
  readonly arn: PrincipalArn;
  readonly principal: Principal;
  readonly trust: TrustPolicy | undefined;
}

function readPrincipal(given: FakePrincipal, path: string, accountId: string): ReadPrincipal {
  const text = given.arn ?? userArn(accountId, given.name ?? "");
  const arn = parsePrincipalArn(text);
  if (arn === undefined || (given.arn === undefined) === (given.name === undefined)) {
    throw new FakeError("CONFIGURATION_VALUE", {
      path,
      found: `${given.arn === undefined ? "no arn" : JSON.stringify(given.arn)} and ${given.name === undefined ? "no name" : `the name ${JSON.stringify(given.name)}`}`,
      expected: "the name of a user, or the ARN of a user, a role or a session of a role",
      fix: 'write one of them, such as "name": "alice" or "arn": "arn:aws:iam::123456789012:role/reader"',
    });
  }
  const all = (sources: readonly PolicySource[], key: string) =>
    sources.map((source, index) => resolvePolicy(source, `${path}.${key}[${index}]`));
  const { boundary, sessionPolicies, trustPolicy } = given;
  if (trustPolicy !== undefined && arn.caller === arn.condition) {
    throw new FakeError("CONFIGURATION_VALUE", {
      path: `${path}.trustPolicy`,
      found: "the trust policy of a user",
      expected: "one of a role",
      fix: "leave it out, or name a role: nobody assumes a user",
    });
  }
  const policies: PolicySet = {
    identity: all(given.policies, "policies"),
    ...(boundary === undefined ? {} : { boundary: resolvePolicy(boundary, `${path}.boundary`) }),
    ...(sessionPolicies === undefined ? {} : { session: all(sessionPolicies, "sessionPolicies") }),
  };
  const trust = trustPolicy === undefined ? undefined : parseTrustPolicy(trustPolicy, `${path}.trustPolicy`);
  return { given, path, arn, principal: { arn: arn.caller, conditionArn: arn.condition, policies }, trust };
}

/** The one user who has neither access keys nor API keys has those of the fake. */
function findHeir(read: readonly ReadPrincipal[]): Principal | undefined {
  const without = read.filter(({ given, arn }) => arn.type === "user" && !given.credentials && !given.apiKeys);
  const [first, second] = without;
  if (second === undefined) return first?.principal;
  throw new FakeError("CONFIGURATION_VALUE", {
    path: second.path,
    found: "a second user without credentials and apiKeys",
    expected: "one user at most who has those of the fake",
    fix: "give each of them an access key or an API key",
  });
}

/** Everything is allowed. */
export const ADMINISTRATOR: Policy = parsePolicy(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  { name: "AdministratorAccess" },
);

function administratorOf(accountId: string): Principal {
  const arn = userArn(accountId, "administrator");
  return { arn, conditionArn: arn, policies: { identity: [ADMINISTRATOR] } };
}

/**
 * Makes a session of a role that may do everything: whoever it is where nobody was configured.
 *
 * @returns The principal.
 */
export function sessionAdministrator(arn: string): Principal {
  return { arn, conditionArn: parsePrincipalArn(arn)?.condition ?? arn, policies: { identity: [ADMINISTRATOR] } };
}

const nameKey = ({ accountId, type, name }: Pick<PrincipalArn, "accountId" | "type" | "name">): string =>
  `${accountId} ${type} ${name}`;

const textOf = (key: string | AcceptedApiKey): string => (typeof key === "string" ? key : key.key);
