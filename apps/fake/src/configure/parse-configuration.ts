import { ACCOUNT_ID, API_KEY, type AwsCredentials, isObject, isRegion, WORKSPACE_ID } from "@claude-on-aws/endpoints";
import type { FakePrincipal, PolicySource } from "../terms/fake-principal.ts";
import { IAM_NAME } from "../terms/iam-name.ts";
import { parsePrincipalArn } from "../principals/principal-arn.ts";
import { parseTrustPolicy } from "../principals/trust-policy.ts";
import { isManagedPolicy, MANAGED_POLICY_NAMES, resolvePolicy } from "../principals/resolve-policy.ts";
import { type FactKind, type Facts, factKind, UNCERTAIN_FACTS } from "../terms/uncertain-facts.ts";
import type { FakeOptions } from "../settings/fake-options.ts";
import type { AcceptedApiKey, AcceptedSsoToken } from "../terms/accepted-key.ts";
import { resolveOptions } from "./resolve-options.ts";
import { isErrorStatus } from "../input/is-error-status.ts";
import {
  flag,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  type Reader,
  refuse,
  refuseDepth,
  refuseDuplicateKey,
  text,
  wholeNumber,
} from "../input/read-json.ts";
import { PROFILE_ARN } from "./resolve-profiles.ts";
import { FakeError, type FakeErrorCode, type InputErrorCode } from "../input/fake-error.ts";

/** Options for {@link parseConfiguration}. */
export interface ParseConfigurationOptions {
  /**
   * Reads a policy that the configuration names by its file.
   *
   * @param reference As it stands in the configuration, such as `./policy.json`.
   * @default {none: a configuration that names a file is refused}
   */
  readonly readPolicy?: ((reference: string) => string) | undefined;
}

/** A text of a certain form. */
const matching =
  (form: RegExp, expected: string, fix: string): Reader =>
  (value, path) => {
    if (typeof value !== "string" || !form.test(value)) refuse(value, path, expected, fix);
  };

const number: Reader = (value, path) => {
  if (typeof value !== "number") refuse(value, path, "a number", "write it without quotes");
};

/** Either of two forms, told apart by whether it is a text. */
const textOr =
  (asText: Reader, other: Reader): Reader =>
  (value, path) =>
    (typeof value === "string" ? asText : other)(value, path);

const nonEmpty = matching(/^[^]+$/, "a text that is not empty", "write it in quotes");
const region: Reader = (value, path) => {
  const named = typeof value === "string" && isRegion(value);
  if (!named) refuse(value, path, "a region of AWS", "write it as AWS does, such as us-east-1");
};
const time: Reader = (value, path) => {
  const isTime = typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value));
  if (!isTime) refuse(value, path, "a time as in RFC 3339", "write it such as 2026-11-21T12:00:00Z");
};
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

const credentials = listOf(
  objectOf({ accessKeyId: nonEmpty, secretAccessKey: nonEmpty, sessionToken: nonEmpty, expiration: time }, [
    "accessKeyId",
    "secretAccessKey",
  ]),
);
const apiKey = matching(
  API_KEY,
  "an API key",
  "visible characters of ASCII without a space, at least one and at most 8192",
);
const apiKeys = listOf(textOr(apiKey, objectOf({ key: apiKey, expiration: time }, ["key"])));
const workspaceId = matching(
  WORKSPACE_ID,
  "the ID of a workspace",
  "it begins with wrkspc_, and goes on with letters and digits",
);

/** A policy is named by a file where it looks like the path of one. */
const FILE = /^(?:\.{0,2}\/|[^{]*\.json$)/;
const policyName: Reader = (value, path) => {
  const given = String(value);
  if (FILE.test(given) || isManagedPolicy(given)) return;
  oneOf(MANAGED_POLICY_NAMES)(given, path);
};
const policy = textOr(policyName, (value, path) => {
  if (!isObject(value)) refuse(value, path, "a policy", "write its document, the path of its file or its name");
});

/** What no name stands for. */
const policyDocument = textOr(matching(FILE, "the path of a file", "such as ./trust.json"), (value, path) => {
  if (!isObject(value)) refuse(value, path, "a policy", "write its document, or the path of its file");
});

const principal: Reader = (value, path) => {
  objectOf(
    {
      name: matching(IAM_NAME, "the name of a user", "letters, digits and +=,.@-_ are allowed"),
      arn: (arn, at) => {
        if (typeof arn === "string" && parsePrincipalArn(arn) !== undefined) return;
        refuse(arn, at, "the ARN of a user, a role or a session", "such as arn:aws:iam::123456789012:role/reader");
      },
      credentials,
      apiKeys,
      policies: listOf(policy),
      boundary: policy,
      sessionPolicies: listOf(policy),
      trustPolicy: policyDocument,
    },
    ["policies"],
  )(value, path);
  const { name, arn } = value as FakePrincipal;
  if ((name === undefined) === (arn === undefined)) {
    const found = name === undefined ? "neither name nor arn" : "both name and arn";
    throw new FakeError("CONFIGURATION_KEY", { path, found, expected: "one of the two", fix: "keep one" });
  }
};

const status: Reader = (value, path) => {
  if (!isErrorStatus(value)) refuse(value, path, "a status from 400 to 599", "a refusal has no other");
};
const FACT_READERS: Readonly<Record<FactKind, Reader>> = { status, number, boolean: flag, string: text };

function factReader(name: keyof Facts): [string, Reader] {
  const { values }: { readonly values?: readonly unknown[] } = UNCERTAIN_FACTS[name];
  return [name, values === undefined ? FACT_READERS[factKind(name)] : oneOf(values.map(String))];
}

const facts = objectOf(Object.fromEntries((Object.keys(UNCERTAIN_FACTS) as (keyof Facts)[]).map(factReader)));

/** Every key of a configuration. */
export const CONFIGURATION_KEYS: Readonly<Record<string, Reader>> = {
  $schema: text,
  region,
  accountId: matching(ACCOUNT_ID, "the number of an account", "write its twelve digits in quotes"),
  credentials,
  apiKeys,
  principals: listOf(principal),
  workspaces: listOf(textOr(workspaceId, objectOf({ id: workspaceId, region }, ["id", "region"]))),
  profiles: listOf(
    objectOf(
      {
        arn: matching(
          PROFILE_ARN,
          "the ARN of an application inference profile",
          "such as arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl",
        ),
        name: nonEmpty,
        copyFrom: nonEmpty,
        tags: mapOf(text),
      },
      ["arn", "copyFrom"],
    ),
  ),
  models: listOf(nonEmpty),
  deniedModels: listOf(nonEmpty),
  sessionSeconds: wholeNumber(1),
  maxSessions: wholeNumber(1),
  ssoTokens: listOf(textOr(nonEmpty, objectOf({ token: nonEmpty, expiration: time }, ["token"]))),
  metadataV1: flag,
  useCaseForm: oneOf(["submitted", "missing"]),
  batchDurationMs: wholeNumber(0),
  maxResources: wholeNumber(0),
  maxResourceBytes: wholeNumber(0),
  onFinding: oneOf(["reject", "record"]),
  facts,
  maxJournalExchanges: wholeNumber(0),
  maxJournalBodyBytes: wholeNumber(0),
  maxJournalReplyBytes: wholeNumber(0),
  maxDiagnosesPerSecond: wholeNumber(0),
  maxBufferedBytes: wholeNumber(1),
  maxScenarioScopes: wholeNumber(1),
  maxDiagnosisCandidates: wholeNumber(0),
};

const configuration = objectOf(CONFIGURATION_KEYS);

/**
 * Reads the configuration of a fake from the text of a JSON file. Its form is
 * described by `@claude-on-aws/fake/configuration.schema.json`.
 *
 * @example A role that may use one workspace
 * ```ts
 * import { createFake, parseConfiguration } from "@claude-on-aws/fake";
 * import { equal, throws } from "node:assert/strict";
 *
 * const options = parseConfiguration(`{
 *   "workspaces": [{ "id": "wrkspc_1", "region": "us-west-2" }],
 *   "principals": [
 *     { "arn": "arn:aws:iam::123456789012:role/reader", "policies": ["AnthropicReadOnlyAccess"] }
 *   ]
 * }`);
 *
 * equal(createFake(options).settings.accountId, "123456789012");
 * throws(() => parseConfiguration(`{ "principal": [] }`), { code: "CONFIGURATION_KEY" });
 * ```
 *
 * @param json The text, JSON.
 * @param options How policies are read that stand in files of their own.
 * @returns Options for `createFake` and `createFakeCore`.
 * @throws {FakeError} `CONFIGURATION_JSON`, `CONFIGURATION_KEY`, `CONFIGURATION_VALUE` or
 * `CONFIGURATION_POLICY`, with its path, what was found, what was expected and the way out.
 */
export function parseConfiguration(json: string, options: ParseConfigurationOptions = {}): FakeOptions {
  const value = parseJson(json);
  try {
    refuseDuplicateKey(json);
    configuration(value, "");
  } catch (error) {
    throw error instanceof FakeError ? ofConfiguration(error) : error;
  }
  const { $schema: _, credentials: own, apiKeys: keys, ssoTokens, principals, ...plain } = value as GivenConfiguration;
  const read: FakeOptions = {
    ...plain,
    ...(own && { credentials: own.map((one) => withDate<AwsCredentials>(one)) }),
    ...(keys && { apiKeys: keys.map((key) => withDateOrText<AcceptedApiKey>(key)) }),
    ...(ssoTokens && { ssoTokens: ssoTokens.map((token) => withDateOrText<AcceptedSsoToken>(token)) }),
    ...(principals && { principals: principals.map((one, index) => readPrincipal(one, index, options)) }),
  };
  // What no key says alone: principals who are alike, a second user without access keys.
  resolveOptions(read);
  return read;
}

/** A configuration of the right form: times are texts. */
interface GivenConfiguration extends Omit<FakeOptions, "credentials" | "apiKeys" | "ssoTokens" | "principals"> {
  readonly $schema?: string;
  readonly credentials?: readonly Ending<AwsCredentials>[];
  readonly apiKeys?: readonly (string | Ending<AcceptedApiKey>)[];
  readonly principals?: readonly GivenPrincipal[];
  readonly ssoTokens?: readonly (string | Ending<AcceptedSsoToken>)[];
}

interface GivenPrincipal extends Omit<FakePrincipal, "credentials" | "apiKeys"> {
  readonly credentials?: readonly Ending<AwsCredentials>[];
  readonly apiKeys?: readonly (string | Ending<AcceptedApiKey>)[];
}

type Ending<Value> = Omit<Value, "expiration"> & { readonly expiration?: string };

/** The same with its end as a date. */
function withDate<Value extends object>({ expiration, ...rest }: Ending<Value>): Value {
  return { ...rest, ...(expiration === undefined ? {} : { expiration: new Date(expiration) }) } as Value;
}

const withDateOrText = <Value extends object>(entry: string | Ending<Value>): string | Value =>
  typeof entry === "string" ? entry : withDate(entry);

function readPrincipal(given: GivenPrincipal, index: number, options: ParseConfigurationOptions): FakePrincipal {
  const path = `principals[${index}]`;
  const { credentials: own, apiKeys: keys, boundary, sessionPolicies, trustPolicy, ...rest } = given;
  const all = (sources: readonly PolicySource[], key: string) =>
    sources.map((source, at) => readPolicy(source, `${path}.${key}[${at}]`, options));
  return {
    ...rest,
    ...(own && { credentials: own.map((one) => withDate<AwsCredentials>(one)) }),
    ...(keys && { apiKeys: keys.map((key) => withDateOrText<AcceptedApiKey>(key)) }),
    policies: all(given.policies, "policies"),
    ...(boundary === undefined ? {} : { boundary: readPolicy(boundary, `${path}.boundary`, options) }),
    ...(sessionPolicies && { sessionPolicies: all(sessionPolicies, "sessionPolicies") }),
    ...(trustPolicy === undefined ? {} : { trustPolicy: readTrustPolicy(trustPolicy, `${path}.trustPolicy`, options) }),
  };
}

function readPolicy(source: PolicySource, path: string, options: ParseConfigurationOptions): PolicySource {
  if (typeof source !== "string" || isManagedPolicy(source)) return resolvePolicy(source, path);
  return resolvePolicy(readDocument(source, path, options), source);
}

function readTrustPolicy(source: string | object, path: string, options: ParseConfigurationOptions): string | object {
  const document = readDocument(source, path, options);
  parseTrustPolicy(document, typeof source === "string" ? source : path);
  return document;
}

/** A document, or what stands in the file that is named. */
function readDocument<Document extends object>(
  source: string | Document,
  path: string,
  { readPolicy: read }: ParseConfigurationOptions,
): string | Document {
  if (typeof source !== "string") return source;
  if (read === undefined) {
    throw new FakeError("CONFIGURATION_POLICY", {
      path,
      found: `the path ${JSON.stringify(source)}`,
      expected: "a policy, or its name",
      fix: "pass readPolicy, which reads the file, or write the policy out",
    });
  }
  return asDocument(read(source), path, source);
}

/** A file holds a document, and not the name of one. */
function asDocument(content: string, path: string, source: string): string {
  if (content.trimStart().startsWith("{")) return content;
  throw new FakeError("CONFIGURATION_POLICY", {
    path,
    found: `something else in ${JSON.stringify(source)}`,
    expected: "a JSON object",
    fix: "see that the file holds an IAM policy",
  });
}

function parseJson(json: string): unknown {
  refuseDepth(json, "CONFIGURATION_JSON");
  try {
    return JSON.parse(json);
  } catch (error) {
    // The words of an engine may repeat a piece of the text, and with it a secret.
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new FakeError("CONFIGURATION_JSON", {
      path: "",
      found: `no JSON${position === undefined ? "" : ` from character ${position}`}`,
      expected: "a JSON object",
      fix: "JSON has no comments and no commas before a closing bracket",
    });
  }
}

const CODES: Readonly<Partial<Record<FakeErrorCode, InputErrorCode>>> = {
  SCENARIO_JSON: "CONFIGURATION_JSON",
  SCENARIO_KEY: "CONFIGURATION_KEY",
  SCENARIO_VALUE: "CONFIGURATION_VALUE",
};

/** Where secrets stand, or may by mistake. */
const SECRET = /(?:^|\.)(?:credentials|apiKeys|ssoTokens)(?:\[|\.|$)/;

/** The readers are those of scenarios, and so are their words. */
function ofConfiguration({ code, path, found, expected, fix }: FakeError): FakeError {
  const isSecret = code === "SCENARIO_VALUE" && SECRET.test(path);
  return new FakeError(CODES[code] ?? code, {
    path,
    found: isSecret ? "a value of another form" : found,
    expected,
    fix,
  });
}
