import { parsePolicy, type Policy } from "@claude-on-aws/auth/iam";
import { headerValue, parseAuthorization } from "@claude-on-aws/auth/sigv4";
import { checkPermissionOf, principalOf } from "../../authorize/check-permission.ts";
import { presentedKey } from "../../authorize/permission-request.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import type { Verdict } from "../../exchange/check.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { oneOf } from "../../input/read-json.ts";
import { sessionAdministrator } from "../../principals/principals.ts";
import { regionOf } from "../../exchange/region-of.ts";
import { userPrincipal } from "../../principals/session-principal.ts";
import { type Fault, FAULTS } from "../../terms/faults.ts";
import { PROVIDERS } from "../../terms/provider.ts";
import { checkModelAccess } from "../../validate/check-model-access.ts";
import { checkAuthentication } from "../../verify/check-authentication.ts";
import { checkWorkspace } from "../../verify/check-workspace.ts";
import { failure, refusal } from "../script-refusal.ts";
import type { Effect, FaultContext, FaultKinds } from "./fault-kind.ts";
import { headerName, headerValue as readHeaderValue, minutes, REFUSAL } from "./parameters.ts";
import { status } from "../read/refusal-readers.ts";

const SKEW_MINUTES = 15;
const MINUTE_MS = 60_000;
const REWRITTEN_HEADER = "host";
const REWRITTEN_VALUE = "proxy.internal";

const ERRORS = "[Errors of the Claude API](https://platform.claude.com/docs/en/api/errors)";
const ERROR_CODES =
  "[Amazon Bedrock API error codes](https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html)";
const SIGNATURE_ERRORS =
  "[Troubleshoot signed requests](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html)";

/**
 * Faults of the service: it refuses. Those of credentials, time, permissions and models ask the fake's own checks once more,
 * about a world in which what they speak of is so: the refusal is the one that such a client would get.
 */
export const SERVICE_FAULTS: FaultKinds<
  | "throttle"
  | "overload"
  | "error"
  | "expired-credentials"
  | "clock-skew"
  | "rotated-key"
  | "revoked-workspace"
  | "denied-region"
  | "withdrawn-model"
  | "rewritten-header"
> = {
  throttle: {
    level: "service",
    does: "Too many requests: 429",
    parameters: REFUSAL,
    fits: "every reply",
    source: `${ERRORS}; ${ERROR_CODES}`,
    strike: (fault, { exchange }) => ({
      refusal: refusal(
        "throttled",
        isAws(exchange) ? "Too many requests, please wait before trying again." : THROTTLED,
        fault,
      ),
    }),
  },
  overload: {
    level: "service",
    does: "The service is overloaded: 529, or on Amazon Bedrock what `facts.overloadStatusOnBedrock` says",
    parameters: REFUSAL,
    fits: "every reply",
    source: `${ERRORS}; ${ERROR_CODES}`,
    strike: (fault, context) => ({ refusal: overloaded(refusal("overloaded", "Overloaded", fault), context) }),
  },
  error: {
    level: "service",
    does: "Any refusal, by its name or its status: exceptions of AWS, 5xx",
    parameters: {
      name: { read: oneOf(Object.keys(FAULTS)), does: "a name of `FAULTS`; what the status stands for" },
      status: { read: status, does: "the status; that of the name, else 500" },
      ...REFUSAL,
    },
    fits: "every reply",
    source: `${ERRORS}; ${ERROR_CODES}`,
    strike: (fault, context) => ({ refusal: overloaded(failure(fault), context) }),
  },
  "expired-credentials": {
    level: "service",
    does: "The session has ended, or the API key has",
    parameters: {},
    fits: "every reply",
    source: ERROR_CODES,
    strike: (_, { exchange, settings, state }) => {
      const ended = exchange.receivedAt;
      const credentials = instead(state.credentials, {
        find: (accessKeyId, sessionToken) => {
          const found = state.credentials.find(accessKeyId, sessionToken);
          return found && { ...found, expiration: ended };
        },
      });
      const key = presentedKey(exchange);
      const ends = key === undefined ? settings.apiKeyExpirations : new Map([[key, ended]]);
      const world = { ...settings, apiKeyExpirations: ends };
      return asked(exchange, (copy) => checkAuthentication(copy, world, { ...state, credentials }));
    },
  },
  "clock-skew": {
    level: "service",
    does: "The clock of the server stands elsewhere, as its `Date` says: a signature is too old, or from the future",
    parameters: { minutes: { read: minutes, does: `how far it is ahead; below 0, behind; ${SKEW_MINUTES}` } },
    fits: "signed requests",
    source: SIGNATURE_ERRORS,
    strike: async ({ minutes: ahead = SKEW_MINUTES }, { exchange, settings, state }) => {
      const receivedAt = new Date(exchange.receivedAt.getTime() + ahead * MINUTE_MS);
      const moved = { ...state, toldSkewsMs: new Set<number>() };
      const effect = await asked({ ...exchange, receivedAt }, (copy) => checkAuthentication(copy, settings, moved));
      if (effect?.refusal === undefined) return undefined;
      state.toldSkewsMs.add(ahead * MINUTE_MS);
      const headers = [...(effect.refusal.headers ?? []), ["date", receivedAt.toUTCString()] as const];
      return { ...effect, refusal: { ...effect.refusal, headers } };
    },
  },
  "rotated-key": {
    level: "service",
    does: "The access key, or the API key, is known no more",
    parameters: {},
    fits: "every reply",
    source: ERROR_CODES,
    strike: (_, { exchange, settings, state }) => {
      const credentials = instead(state.credentials, { find: () => undefined, principalOf: () => undefined });
      const world = { ...settings, apiKeys: new Set<string>() };
      return asked(exchange, (copy) => checkAuthentication(copy, world, { ...state, credentials }));
    },
  },
  "revoked-workspace": {
    level: "service",
    does: "The workspace was archived",
    parameters: {},
    fits: "requests of Claude Platform on AWS",
    source: "[Workspaces](https://platform.claude.com/docs/en/manage-claude/workspaces)",
    strike: (_, { exchange, settings, state }) => {
      const { workspaces } = state.resources;
      const archived = { archivedAt: exchange.receivedAt } as unknown as ReturnType<typeof workspaces.kept>;
      const resources = instead(state.resources, { workspaces: instead(workspaces, { kept: () => archived }) });
      return asked(exchange, (copy) => checkWorkspace(copy, settings, { ...state, resources }));
    },
  },
  "denied-region": {
    level: "service",
    does: "A policy denies the region",
    parameters: {},
    fits: "every reply",
    source:
      "[AWS: Denies access based on the requested Region](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html)",
    strike: (_, { exchange, settings, state }) => {
      const { caller } = exchange;
      if (caller === undefined) return undefined;
      const arn =
        (caller.accessKeyId === undefined ? undefined : state.credentials.principalOf(caller.accessKeyId)?.arn) ??
        userPrincipal(settings.accountId).arn;
      const principal = principalOf(exchange, settings, state) ?? sessionAdministrator(arn);
      const identity = [...principal.policies.identity, denialOf(regionOf(exchange, settings))];
      const denied = { ...principal, policies: { ...principal.policies, identity } };
      return asked(exchange, (copy) => checkPermissionOf(denied, copy, settings, state));
    },
  },
  "withdrawn-model": {
    level: "service",
    does: "The account has access to the model no more",
    parameters: {},
    fits: "every reply",
    source: "[Access to models](https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html)",
    strike: (_, { exchange, settings, state }) => {
      const { model } = exchange;
      if (model === undefined) return undefined;
      const world = { ...settings, deniedModels: new Set([model.requested]) };
      return asked(exchange, (copy) => checkModelAccess(copy, world, state));
    },
  },
  "rewritten-header": {
    level: "service",
    does: "A proxy changed a header that was signed: the signature fits no more",
    parameters: {
      header: {
        read: headerName,
        does: `its name; a request that did not sign it does not meet the fault; \`${REWRITTEN_HEADER}\``,
      },
      value: { read: readHeaderValue, does: `what it says behind the proxy; \`${REWRITTEN_VALUE}\`` },
    },
    fits: "signed requests",
    source: SIGNATURE_ERRORS,
    strike: ({ header = REWRITTEN_HEADER, value = REWRITTEN_VALUE }, { exchange, settings, state }) => {
      const name = header.toLowerCase();
      const request = { ...exchange.request, headers: rewritten(exchange.request.headers, name, value) };
      return isSigned(exchange, name)
        ? asked({ ...exchange, request }, (copy) => checkAuthentication(copy, settings, state))
        : undefined;
    },
  },
};

const THROTTLED =
  "This request would exceed your organization's rate limit. Reduce the prompt length or the maximum tokens requested, or try again later.";

const isAws = ({ route }: Exchange): boolean => PROVIDERS[route.provider].errorShape === "aws-json";

/** Of Amazon Bedrock it is not known with which status it says that it is overloaded. */
const overloaded = (refused: Fault, { exchange, settings }: FaultContext): Fault =>
  refused.name === "overloaded" && refused.status === undefined && isAws(exchange)
    ? { ...refused, status: settings.facts.overloadStatusOnBedrock }
    : refused;

/** Asks a check about an exchange that notes nothing of it: what was found of the client itself stays as it is. */
async function asked(
  exchange: Exchange,
  check: (copy: Exchange) => Verdict | Promise<Verdict>,
): Promise<Effect | undefined> {
  const copy: Exchange = { ...exchange, checked: [] };
  delete copy.diagnosis;
  const verdict = await check(copy);
  return typeof verdict === "object" ? { refusal: verdict, diagnosis: copy.diagnosis } : undefined;
}

/** An object some of whose members are others. */
const instead = <Whole extends object>(whole: Whole, others: Partial<Whole>): Whole =>
  new Proxy(whole, {
    get: (target, name) => {
      if (Object.hasOwn(others, name)) return Reflect.get(others, name) as unknown;
      const member = Reflect.get(target, name, target) as unknown;
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });

const isSigned = ({ request, caller }: Exchange, name: string): boolean => {
  const header = headerValue(request.headers, "authorization");
  return caller?.kind === "sigv4" && header !== undefined && signs(parseAuthorization(header).signedHeaders, name);
};

/** The host of HTTP/2 has a name of its own. */
const signs = (signed: readonly string[], name: string): boolean =>
  signed.includes(name) || (name === "host" && signed.includes(":authority"));

const rewritten = (
  headers: Exchange["request"]["headers"],
  name: string,
  value: string,
): Exchange["request"]["headers"] =>
  headers.map(([given, was]) => {
    const lower = given.toLowerCase();
    return lower === name || (name === "host" && lower === ":authority") ? [given, value] : [given, was];
  });

/** @returns A policy that denies everything in a region. */
const denialOf = (region: FakeSettings["region"]): Policy =>
  parsePolicy(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyRegion",
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          ...(region === undefined ? {} : { Condition: { StringEquals: { "aws:RequestedRegion": region } } }),
        },
      ],
    },
    { name: "DenyRegion" },
  );
