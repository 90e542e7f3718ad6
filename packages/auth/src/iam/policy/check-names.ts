import { isAccountId, isWorkspaceId, nearestName } from "@claude-on-aws/endpoints";
import type { OperatorKind } from "./condition-operators.ts";
import { parseOperator, nearestOperator } from "./parse-operator.ts";
import { parsePattern } from "./parse-pattern.ts";
import type { Policy, StatementCondition } from "./policy.ts";
import { findConditionKey, policyConditionKeys } from "./policy-condition-keys.ts";
import { type ServiceNames, SERVICE_NAMES } from "./service-names.ts";
import { valueMatcher } from "./value-matcher.ts";
import { matchPattern } from "./wildcard.ts";

/** What is wrong with a name or a value of a policy, so that it cannot mean what was meant. */
export interface NameFault {
  readonly code: NameFaultCode;
  readonly message: string;
  /** Whether IAM refuses to keep such a policy. */
  readonly refused: boolean;
  /** The way out. It is looked for only where somebody reads it: the nearest of many names takes its time. */
  advise(): Advice;
}

/** The way out of a {@link NameFault}. */
export interface Advice {
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

const services = new Map<string, ServiceNames>(Object.entries(SERVICE_NAMES));
// Names that no other service has: what they were meant for is plain without their prefix.
const servicesByAction: ReadonlyMap<string, string> = new Map([
  ["createinference", "aws-external-anthropic"],
  ["createbatchinference", "aws-external-anthropic"],
  ["counttokens", "aws-external-anthropic"],
  ["callwithbearertoken", "aws-external-anthropic"],
  ["assumeconsole", "aws-external-anthropic"],
  ["invokemodel", "bedrock"],
  ["invokemodelwithresponsestream", "bedrock"],
]);
// What people write in place of a service prefix, too far from it to be found by its letters.
const servicesByAlias: ReadonlyMap<string, string> = new Map([
  ["anthropic", "aws-external-anthropic"],
  ["aws-anthropic", "aws-external-anthropic"],
  ["anthropic-aws", "aws-external-anthropic"],
  ["claude", "aws-external-anthropic"],
  ["claude-platform", "aws-external-anthropic"],
  ["bedrock-runtime", "bedrock"],
  ["mantle", "bedrock-mantle"],
]);
const keysByName = new Map(policyConditionKeys.map(({ key }) => [key.slice(key.indexOf(":") + 1).toLowerCase(), key]));
const conditionKeyNames = policyConditionKeys.map(({ key }) => key);

/** Looks up an action of a statement. Actions of other services are taken as they are. */
export function checkAction(text: string): NameFault | undefined {
  if (text === "*") return undefined;
  const colon = text.indexOf(":");
  const name = text.slice(colon + 1);
  if (colon === -1) {
    const service = servicesByAction.get(name.toLowerCase());
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
  const service = services.get(prefix.toLowerCase());
  if (service !== undefined) return checkActionName(text, prefix.toLowerCase(), name, service);
  const meant = meantService(prefix, servicesByAction.get(name.toLowerCase()));
  return meant === undefined
    ? undefined
    : {
        code: "SERVICE_UNKNOWN",
        message: `"${text}" names the service "${prefix}", which is none of these: ${[...services.keys()].join(", ")}`,
        refused: false,
        advise: () => ({ fix: `Write ${meant}:${name}.`, nearest: `${meant}:${name}` }),
      };
}

const lowerCaseActions = new Map(
  [...services].map(([service, { actions }]) => [service, new Set(actions.map((each) => each.toLowerCase()))]),
);

function checkActionName(text: string, service: string, name: string, names: ServiceNames): NameFault | undefined {
  const known = lowerCaseActions.get(service) ?? new Set<string>();
  const lowerCase = name.toLowerCase();
  if (known.has(lowerCase)) return undefined;
  if (/[*?]/.test(name)) {
    const pattern = parsePattern(lowerCase, { wildcards: true, variables: false });
    for (const action of known) if (matchPattern(pattern, action)) return undefined;
  }
  return {
    code: "ACTION_UNKNOWN",
    message: `"${text}" is no action of ${service}`,
    refused: false,
    advise: () => {
      const nearest = nearestName(name, names.actions);
      return nearest === undefined
        ? { fix: `Name an action that ${service} has.` }
        : { fix: `Write ${service}:${nearest}.`, nearest: `${service}:${nearest}` };
    },
  };
}

/** One of the three services, where a prefix is so near to it that it was meant. */
function meantService(prefix: string, byName: string | undefined): string | undefined {
  const name = prefix.toLowerCase();
  if (OTHER_SERVICES.has(name)) return undefined;
  return byName ?? servicesByAlias.get(name) ?? nearestName(name, services.keys());
}

// Their prefixes are near, and yet they are services of their own.
const OTHER_SERVICES: ReadonlySet<string> = new Set(["bedrock-agentcore", "bedrock-websearch"]);

/** Looks at the form of a resource of a statement. */
export function checkResource(text: string, version: Policy["version"]): NameFault | undefined {
  if (/^\*+$/.test(text)) return undefined;
  const parts = text.split(":");
  const [prefix, partition = "", service = ""] = parts;
  // A * that ends a part stands for several, so that fewer may be written.
  const isShort = parts.length < 6 && !parts.slice(2).some((part) => part.endsWith("*"));
  if (prefix !== "arn" || isShort) {
    return {
      code: "RESOURCE_MALFORMED",
      message: `"${text}" is no ARN, and IAM refuses it`,
      refused: true,
      advise: () => ({ fix: 'Write "*", or arn:partition:service:region:account:resource.' }),
    };
  }
  // A service that ends the pattern in a wildcard is one as well.
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
    return unknownResource(text, `the partition "${partition}" is none of AWS`, "Write aws, aws-cn or aws-us-gov.");
  }
  const names = services.get(service);
  if (names === undefined) {
    const meant = services.has(service.toLowerCase()) ? service.toLowerCase() : meantService(service, undefined);
    return meant === undefined
      ? checkVariables(text, version)
      : {
          code: "SERVICE_UNKNOWN",
          message: `"${text}" names the service "${service}", which is none of these: ${[...services.keys()].join(", ")}`,
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
          `a foundation model belongs to no account`,
          "Leave the account empty: …:region::foundation-model/….",
        )
      : unknownResource(text, `"${accountId}" is no account`, "Write its twelve digits, or *.");
  }
  if (!/^[a-z0-9*?-]*$/.test(region) || (region === "" && type !== "system-tool")) {
    return unknownResource(text, `"${region}" is no region`, "Write one such as us-west-2, or *.");
  }
  const id = resource.slice(type.length + 1);
  if (type === "workspace" && !/[*?]|\$\{/.test(id) && !isWorkspaceId(id)) {
    return unknownResource(text, `"${id}" is no workspace ID`, "Write the ID with its prefix wrkspc_.");
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

/** Looks up the variables of a text. */
export function checkVariables(text: string, version: Policy["version"]): NameFault | undefined {
  if (version !== "2012-10-17" || !text.includes("${")) return undefined;
  for (const piece of parsePattern(text, { wildcards: false, variables: true })) {
    if (piece.kind !== "variable") continue;
    const fault = checkKey(piece.name);
    if (fault !== undefined) {
      return { ...fault, code: "VARIABLE_UNKNOWN", message: `"\${${piece.name}}" is no variable: ${fault.message}` };
    }
  }
  return undefined;
}

/** Looks up a condition key. Keys of other services are taken as they are. */
export function checkKey(key: string): NameFault | undefined {
  if (findConditionKey(key) !== undefined) return undefined;
  const colon = key.indexOf(":");
  const prefix = key.slice(0, Math.max(colon, 0)).toLowerCase();
  const name = key.slice(colon + 1);
  const byName = keysByName.get(name.toLowerCase());
  const isOurs = prefix === "aws" || services.has(prefix);
  if (colon > 0 && !isOurs && meantService(prefix, undefined) === undefined) return undefined;
  return {
    code: "KEY_UNKNOWN",
    message: `"${key}" is no condition key`,
    refused: colon <= 0,
    advise: () => {
      const nearest = nearestName(key, conditionKeyNames) ?? byName;
      return nearest === undefined
        ? { fix: "Name a key that the service documents." }
        : { fix: `Write ${nearest}.`, nearest };
    },
  };
}

/** Looks at operator, key and values of a condition; what is wrong with each. */
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
      message: `"${condition.operator}" is no condition operator, and IAM refuses it`,
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
        ? malformedValue(`"${text}" is no value for ${operator.name}`, VALUE_FIXES[operator.kind])
        : hasVariables
          ? checkVariables(text, version)
          : undefined;
    if (fault !== undefined) faults.push({ path, fault });
  }
  return faults;
}

/** Whether `${…}` is a variable in the values of an operator. */
export function takesVariables(kind: OperatorKind, version: Policy["version"]): boolean {
  return version === "2012-10-17" && (kind === "string" || kind === "arn");
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
