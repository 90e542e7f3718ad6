import { completeArn } from "./complete-arn.ts";
import { isAccountId, isWorkspaceId, nearestName } from "@claude-on-aws/endpoints";
import type { OperatorKind } from "./condition-operators.ts";
import { parseOperator, nearestOperator } from "./parse-operator.ts";
import { parsePattern } from "./parse-pattern.ts";
import type { Policy, StatementCondition } from "./policy.ts";
import { type ConditionKeyName, findConditionKey, POLICY_CONDITION_KEYS } from "./policy-condition-keys.ts";
import { type ServiceNames, SERVICE_NAMES } from "./service-names.ts";
import { valueMatcher } from "./value-matcher.ts";
import { matchPattern } from "./wildcard.ts";

/** What is wrong with a name or a value of a policy, so that it cannot mean what was meant. */
export interface NameFault {
  readonly code: NameFaultCode;
  readonly message: string;
  /** Whether IAM refuses to keep such a policy. */
  readonly refused: boolean;
  /** Finds the way out. Only called if somebody reads it: finding the nearest of many names takes time. */
  advise(): Advice;
}

/** The way out of a {@link NameFault}. */
interface Advice {
  readonly fix: string;
  /** The name that was most likely meant. */
  readonly nearest?: string | undefined;
}

/** Stable name of a {@link NameFault}. */
export type NameFaultCode =
  | "ACTION_UNKNOWN"
  | "ACTION_WITHOUT_SERVICE"
  | "SERVICE_UNKNOWN"
  | "SERVICE_WILDCARD"
  | "RESOURCE_MALFORMED"
  | "RESOURCE_UNKNOWN"
  | "OPERATOR_UNKNOWN"
  | "KEY_UNKNOWN"
  | "VALUE_MALFORMED"
  | "VARIABLE_UNKNOWN"
  | "VARIABLE_MISPLACED";

const SERVICES: ReadonlyMap<string, ServiceNames> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(SERVICE_NAMES),
);
// Names that no other service has: which service was meant is clear without the prefix.
const SERVICES_BY_ACTION: ReadonlyMap<string, string> = new Map([
  ["createinference", "aws-external-anthropic"],
  ["createbatchinference", "aws-external-anthropic"],
  ["counttokens", "aws-external-anthropic"],
  ["callwithbearertoken", "aws-external-anthropic"],
  ["assumeconsole", "aws-external-anthropic"],
  ["invokemodel", "bedrock"],
  ["invokemodelwithresponsestream", "bedrock"],
]);
// What people write for a service, too different from its prefix to be found by its letters.
const SERVICES_BY_ALIAS: ReadonlyMap<string, string> = new Map([
  ["anthropic", "aws-external-anthropic"],
  ["aws-anthropic", "aws-external-anthropic"],
  ["anthropic-aws", "aws-external-anthropic"],
  ["claude", "aws-external-anthropic"],
  ["claude-platform", "aws-external-anthropic"],
  ["bedrock-runtime", "bedrock"],
  ["mantle", "bedrock-mantle"],
]);
const KEYS_BY_NAME: ReadonlyMap<string, ConditionKeyName> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ POLICY_CONDITION_KEYS.map(({ key }) => [key.slice(key.indexOf(":") + 1).toLowerCase(), key]),
);
const CONDITION_KEY_NAMES = /* @__PURE__ */ POLICY_CONDITION_KEYS.map(({ key }) => key);

/**
 * Looks up an action of a statement. Actions of other services are accepted as they are.
 *
 * @param text The action as the policy writes it.
 * @returns What is wrong with it, or nothing.
 */
export function checkAction(text: string): NameFault | undefined {
  if (text === "*") return undefined;
  const colon = text.indexOf(":");
  const name = text.slice(colon + 1);
  if (colon === -1) {
    const service = SERVICES_BY_ACTION.get(name.toLowerCase());
    return {
      code: "ACTION_WITHOUT_SERVICE",
      message: `"${text}" has no service prefix, and IAM refuses it`,
      refused: true,
      advise: () => ({
        fix: `Write ${service ?? "the service"}:${name}.`,
        nearest: service === undefined ? undefined : `${service}:${name}`,
      }),
    };
  }
  const prefix = text.slice(0, colon);
  if (prefix === "*" && name === "*") return undefined;
  if (/[*?]/.test(prefix)) {
    return {
      code: "SERVICE_WILDCARD",
      message: `"${text}" has a wildcard in its service prefix, and IAM refuses it`,
      refused: true,
      advise: () => ({ fix: 'Name the service, or write "*" for all actions of all services.' }),
    };
  }
  const service = SERVICES.get(prefix.toLowerCase());
  if (service !== undefined) return checkActionName(text, prefix.toLowerCase(), name, service);
  const meant = meantService(prefix, SERVICES_BY_ACTION.get(name.toLowerCase()));
  return meant === undefined
    ? undefined
    : {
        code: "SERVICE_UNKNOWN",
        message: `"${text}" names the service "${prefix}", which is none of these: ${[...SERVICES.keys()].join(", ")}`,
        refused: false,
        advise: () => ({ fix: `Write ${meant}:${name}.`, nearest: `${meant}:${name}` }),
      };
}

const LOWER_CASE_ACTIONS: ReadonlyMap<string, ReadonlySet<string>> = /* @__PURE__ */ (() =>
  new Map(
    [...SERVICES].map(([service, { actions }]) => [service, new Set(actions.map((each) => each.toLowerCase()))]),
  ))();

function checkActionName(text: string, service: string, name: string, names: ServiceNames): NameFault | undefined {
  const known = LOWER_CASE_ACTIONS.get(service) ?? new Set<string>();
  const lowerCase = name.toLowerCase();
  if (known.has(lowerCase)) return undefined;
  if (/[*?]/.test(name)) {
    const pattern = parsePattern(lowerCase, { wildcards: true, variables: false });
    for (const action of known) if (matchPattern(pattern, action)) return undefined;
  }
  return {
    code: "ACTION_UNKNOWN",
    message: `"${text}" is not an action of ${service}`,
    refused: false,
    advise: () => {
      const nearest = nearestName(name, names.actions);
      return nearest === undefined
        ? { fix: `Name an action that ${service} has.` }
        : { fix: `Write ${service}:${nearest}.`, nearest: `${service}:${nearest}` };
    },
  };
}

/** Finds which of the three services a prefix means, if it is near enough to one. */
function meantService(prefix: string, byName: string | undefined): string | undefined {
  const name = prefix.toLowerCase();
  if (OTHER_SERVICES.has(name)) return undefined;
  return byName ?? SERVICES_BY_ALIAS.get(name) ?? nearestName(name, SERVICES.keys());
}

// Their prefixes are near, but they are services of their own.
const OTHER_SERVICES: ReadonlySet<string> = new Set(["bedrock-agentcore", "bedrock-websearch"]);

/**
 * Checks the form of a resource of a statement.
 *
 * @param given The resource as the policy writes it.
 * @param version The version of the policy: only the newer one has variables.
 * @param isOfSession Whether the policy is that of a session, in which no ARN is completed.
 * @returns What is wrong with it, or nothing.
 */
export function checkResource(given: string, version: Policy["version"], isOfSession = false): NameFault | undefined {
  if (/^\*+$/.test(given)) return undefined;
  const text = isOfSession ? given : completeArn(given);
  const parts = text.split(":");
  const [prefix, partition = "", service = ""] = parts;
  // A * that ends a part stands for several parts, so that fewer may be written.
  const isShort = parts.length < 6 && !parts.slice(2).some((part) => part.endsWith("*"));
  if (prefix !== "arn" || isShort) {
    return {
      code: "RESOURCE_MALFORMED",
      message: `"${text}" is not an ARN, and IAM refuses it`,
      refused: true,
      advise: () => ({ fix: 'Write "*", or arn:partition:service:region:account:resource.' }),
    };
  }
  // A service that ends in a wildcard counts as one, too.
  if (service === "" || /[*?]/.test(service)) {
    return {
      code: "SERVICE_WILDCARD",
      message: `"${text}" has a wildcard in place of its service, and IAM refuses it`,
      refused: true,
      advise: () => ({ fix: 'Name the service, or write "*" for all resources of all services.' }),
    };
  }
  if (version === "2012-10-17" && parts.slice(0, 5).some((part) => part.includes("${"))) {
    return {
      code: "VARIABLE_MISPLACED",
      message: `"${text}" has a variable before its fifth colon`,
      refused: true,
      advise: () => ({ fix: "Keep variables to the last part of the ARN." }),
    };
  }
  if (!/^aws[a-z-]*$/.test(partition) && !/[*?]/.test(partition)) {
    return unknownResource(text, `AWS has no partition "${partition}"`, "Write aws, aws-cn or aws-us-gov.");
  }
  const names = SERVICES.get(service);
  if (names === undefined) {
    const meant = SERVICES.has(service.toLowerCase()) ? service.toLowerCase() : meantService(service, undefined);
    return meant === undefined
      ? checkVariables(text, version)
      : {
          code: "SERVICE_UNKNOWN",
          message: `"${text}" names the service "${service}", which is none of these: ${[...SERVICES.keys()].join(", ")}`,
          refused: false,
          advise: () => ({ fix: `Write ${meant} for the service.`, nearest: meant }),
        };
  }
  return parts.length < 6 ? undefined : (checkResourceParts(text, parts, names) ?? checkVariables(text, version));
}

function checkResourceParts(text: string, parts: readonly string[], names: ServiceNames): NameFault | undefined {
  const [, , service, region = "", accountId = "", ...rest] = parts;
  const resource = rest.join(":");
  const type = resource.split("/")[0] ?? "";
  const hasWildcard = /[*?]|\$\{/.test(type);
  const types = names.resourceTypes;
  const pattern = parsePattern(type, { wildcards: true, variables: false });
  const fits = hasWildcard ? types.some((each) => matchPattern(pattern, each)) : types.includes(type);
  if (!type.includes("${") && (!fits || (!hasWildcard && !resource.includes("/")))) {
    const nearest = nearestName(type, types) ?? (types.length === 1 ? types[0] : undefined);
    return unknownResource(
      text,
      `${service} has no resource "${resource}"`,
      nearest === undefined ? `Begin with one of ${types.join("/, ")}/.` : `Begin its last part with ${nearest}/.`,
      nearest,
    );
  }
  const isModel = type === "foundation-model";
  const accountFits =
    /[*?]/.test(accountId) || (isModel ? accountId === "" : isAccountId(accountId) || accountId === "aws");
  // A system-defined profile may be written without its account.
  if (!accountFits && !(accountId === "" && type === "inference-profile") && !hasWildcard) {
    return isModel
      ? unknownResource(
          text,
          "a foundation model belongs to no account",
          "Leave the account empty: …:region::foundation-model/….",
        )
      : unknownResource(text, `"${accountId}" is not an account`, "Write its twelve digits, or *.");
  }
  if (!/^[a-z0-9*?-]*$/.test(region) || (region === "" && type !== "system-tool")) {
    return unknownResource(text, `"${region}" is not a region`, "Write one such as us-west-2, or *.");
  }
  const id = resource.slice(type.length + 1);
  if (type === "workspace" && !/[*?]|\$\{/.test(id) && !isWorkspaceId(id)) {
    return unknownResource(text, `"${id}" is not a workspace ID`, "Write the ID with its prefix wrkspc_.");
  }
  return undefined;
}

function unknownResource(text: string, why: string, fix: string, nearest?: string): NameFault {
  return {
    code: "RESOURCE_UNKNOWN",
    message: `"${text}" is the ARN of nothing: ${why}`,
    refused: false,
    advise: () => ({ fix, nearest }),
  };
}

/**
 * Looks up the variables in a text.
 *
 * @param text A resource, or a value of a condition.
 * @param version The version of the policy: only the newer one has variables.
 * @returns What is wrong with the first that does not exist, or nothing.
 */
function checkVariables(text: string, version: Policy["version"]): NameFault | undefined {
  if (version !== "2012-10-17" || !text.includes("${")) return undefined;
  for (const piece of parsePattern(text, { wildcards: false, variables: true })) {
    if (piece.kind !== "variable") continue;
    const fault = checkKey(piece.name);
    if (fault !== undefined) {
      return { ...fault, code: "VARIABLE_UNKNOWN", message: `"\${${piece.name}}" is not a variable: ${fault.message}` };
    }
  }
  return undefined;
}

/**
 * Looks up a condition key. Keys of other services are accepted as they are.
 *
 * @param key The key as the policy writes it.
 * @returns What is wrong with it, or nothing.
 */
function checkKey(key: string): NameFault | undefined {
  if (findConditionKey(key) !== undefined) return undefined;
  const colon = key.indexOf(":");
  const prefix = key.slice(0, Math.max(colon, 0)).toLowerCase();
  const name = key.slice(colon + 1);
  const byName = KEYS_BY_NAME.get(name.toLowerCase());
  const isOurs = prefix === "aws" || SERVICES.has(prefix);
  if (colon > 0 && !isOurs && meantService(prefix, undefined) === undefined) return undefined;
  return {
    code: "KEY_UNKNOWN",
    message: `"${key}" is not a condition key`,
    refused: colon <= 0,
    advise: () => {
      const nearest = nearestName(key, CONDITION_KEY_NAMES) ?? byName;
      return nearest === undefined
        ? { fix: "Name a key that the service documents." }
        : { fix: `Write ${nearest}.`, nearest };
    },
  };
}

/**
 * Checks operator, key and values of a condition.
 *
 * @param condition The condition.
 * @param version The version of the policy: only the newer one has variables.
 * @returns What is wrong with each, and its JSON path; empty if all is well.
 */
export function checkCondition(
  condition: StatementCondition,
  version: Policy["version"],
): readonly { readonly path: string; readonly fault: NameFault }[] {
  const qualified = parseOperator(condition.operator);
  const keyFault = checkKey(condition.key);
  const faults = keyFault === undefined ? [] : [{ path: condition.path, fault: keyFault }];
  if (qualified === undefined) {
    const fault: NameFault = {
      code: "OPERATOR_UNKNOWN",
      message: `"${condition.operator}" is not a condition operator, and IAM refuses it`,
      refused: true,
      advise: () => {
        const nearest = nearestOperator(condition.operator);
        return nearest === undefined
          ? { fix: "Name an operator that IAM has." }
          : { fix: `Write ${nearest}.`, nearest };
      },
    };
    return [{ path: condition.operatorPath, fault }, ...faults];
  }
  const { operator } = qualified;
  if (condition.values.length === 0) {
    const fault = malformedValue(`"${condition.key}" has no value`, "Give at least one.");
    return [...faults, { path: condition.path, fault }];
  }
  const hasVariables = takesVariables(operator.kind, version);
  for (const { text, path } of condition.values) {
    const matcher = valueMatcher(operator, text, hasVariables);
    const fault =
      matcher === undefined
        ? malformedValue(`"${text}" is not a value for ${operator.name}`, VALUE_FIXES[operator.kind])
        : hasVariables
          ? checkVariables(text, version)
          : undefined;
    if (fault !== undefined) faults.push({ path, fault });
  }
  return faults;
}

/**
 * Says whether `${…}` is a variable in the values of an operator.
 *
 * @param kind What the operator compares.
 * @param version The version of the policy: only the newer one has variables.
 * @returns Whether it is.
 */
export function takesVariables(kind: OperatorKind, version: Policy["version"]): boolean {
  return version === "2012-10-17" && (kind === "string" || kind === "arn" || kind === "bool");
}

function malformedValue(message: string, fix: string): NameFault {
  return { code: "VALUE_MALFORMED", message, refused: true, advise: () => ({ fix }) };
}

const VALUE_FIXES: Readonly<Record<OperatorKind, string>> = {
  string: "Write a text.",
  numeric: "Write a number such as 10.",
  date: "Write a date such as 2026-01-31T00:00:00Z, or seconds since 1970.",
  bool: 'Write "true" or "false".',
  null: 'Write "true" where the key has to be missing, else "false".',
  binary: "Write base64.",
  ip: "Write an address or a range such as 203.0.113.0/24 or 2001:db8::/32.",
  arn: "Write an ARN of six parts; each may hold wildcards.",
};
