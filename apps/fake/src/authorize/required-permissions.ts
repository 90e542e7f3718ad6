import { isObject, type KeyTerm, partitionOfRegion } from "@claude-on-aws/endpoints";
import { type ContextValue, SERVICE_NAMES } from "@claude-on-aws/auth/iam";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Operation, Touches } from "../exchange/operation.ts";
import { pathId } from "../exchange/path-id.ts";
import type {
  KnownResources,
  PermissionRequest,
  PermissionSettings,
  RequiredPermission,
  Touched,
} from "../exchange/permission.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { decodeSegment } from "../text/decode-segment.ts";
import { requestTagKeys, tagKeys } from "../terms/tag-keys.ts";

/**
 * Everything that must be allowed for a request: to send an API key, where one
 * is sent; then the action of the operation, on each resource that it touches.
 *
 * @returns In the order in which they are asked.
 */
export function requiredPermissions(
  request: PermissionRequest,
  settings: PermissionSettings,
  known: KnownResources,
): readonly RequiredPermission[] {
  const { operation, keyTerm } = request;
  const service = PROVIDERS[operation.provider].signingService;
  const context = commonContext(request, settings);
  const action = operation.built?.actionOf?.(request) ?? operation.action;
  const permissions = touchedBy(request, settings, known).map(({ resource, context: own }) => ({
    action,
    resource,
    context: own === undefined ? context : { ...context, ...own },
  }));
  if (keyTerm === undefined) return permissions;
  const type = bearerTokenType(keyTerm, service, settings);
  const sending = { ...context, [`${service}:BearerTokenType`]: type };
  return [{ action: `${service}:CallWithBearerToken`, resource: "*", context: sending }, ...permissions];
}

/**
 * What the requests of a provider act on whose operation says nothing else; on Amazon Bedrock, what the path names by its
 * ARN, otherwise the account.
 */
const TOUCHED: Readonly<Record<Operation["provider"], Touches>> = {
  "anthropic-aws": touchedOnClaudePlatform,
  bedrock: ({ parameters }) => {
    const named = Object.values(parameters).map(decodeSegment);
    return [{ resource: named.find((each) => each.startsWith("arn:")) ?? "*" }];
  },
  mantle: touchedOnMantle,
};

const touchedBy: Touches = (request, settings, known) =>
  (request.operation.built?.touches ?? TOUCHED[request.operation.provider])(request, settings, known);

/** Actions that no workspace is named for. */
const OF_ACCOUNT: ReadonlySet<string> = new Set(
  SERVICE_NAMES["aws-external-anthropic"].accountActions.map((action) => `aws-external-anthropic:${action}`),
);

/** Routes about workspaces themselves: the workspace stands in the path. */
const WORKSPACE_ROUTE = "/v1/organizations/workspaces/{id}";

/**
 * The workspace that an action is on, or the account. The tags that the service keeps of a workspace count as its tags
 * in conditions: it has no others, and no route is published for `TagResource`.
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | IAM actions of Claude Platform on AWS}
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_aws-external-anthropic.html | Condition keys of Claude Platform on AWS}
 */
function touchedOnClaudePlatform(
  request: PermissionRequest,
  { accountId, workspaceRegions }: PermissionSettings,
  { workspaces }: KnownResources,
): readonly Touched[] {
  const { operation, region } = request;
  const id = namedWorkspace(request);
  if (operation.name === "CreateWorkspace") {
    return [{ resource: "*", context: requestTagKeys(textEntries(request.body()?.["tags"])) }];
  }
  if (id === undefined || OF_ACCOUNT.has(operation.action)) return [{ resource: "*" }];
  const kept = workspaces.kept(id);
  const place = kept?.region ?? workspaceRegions.get(id) ?? region;
  const resource = serviceArn("aws-external-anthropic", place, accountId, `workspace/${id}`);
  return [{ resource, context: tagKeys("aws:ResourceTag", Object.entries(kept?.tags ?? {})) }];
}

/** The tags of a body, as far as it has any: its schema is checked later. */
const textEntries = (tags: unknown): readonly [key: string, value: string][] =>
  Object.entries(isObject(tags) ? tags : {}).filter(
    (tag): tag is [key: string, value: string] => typeof tag[1] === "string",
  );

/**
 * Reads the ID of the workspace that a request is about, decoded as the answer reads it: no spelling gets past a policy
 * that names it.
 *
 * @returns `undefined` where it names none.
 */
export function namedWorkspace({
  operation,
  parameters,
  headers,
}: Pick<PermissionRequest, "operation" | "parameters" | "headers">): string | undefined {
  return operation.path.startsWith(WORKSPACE_ROUTE)
    ? pathId({ route: { parameters } })
    : headerValue(headers, "anthropic-workspace-id")?.trim();
}

/** @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockpoweredbyawsmantle.html | Amazon Bedrock powered by AWS Mantle} */
function touchedOnMantle({ region, body }: PermissionRequest, { accountId }: PermissionSettings) {
  const { model, service_tier: tier } = body() ?? {};
  return [
    {
      resource: serviceArn("bedrock-mantle", region, accountId, "project/default"),
      context: {
        ...(typeof model === "string" ? { "bedrock-mantle:Model": model } : {}),
        ...(typeof tier === "string" ? { "bedrock-mantle:ServiceTier": tier } : {}),
      },
    },
  ];
}

function serviceArn(service: string, region: string, accountId: string, resource: string): string {
  return `arn:${partitionOfRegion(region).name}:${service}:${region}:${accountId}:${resource}`;
}

/**
 * Condition keys that every request has, of whatever service. It counts as sent over TLS: what the fake stands in for is
 * reached no other way. None is sent by a service of AWS, on its own or on somebody's behalf.
 *
 * @returns Their values, by key.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html | Global condition context keys}
 */
export function commonContext(
  { headers, receivedAt, region }: Pick<PermissionRequest, "headers" | "receivedAt" | "region">,
  { accountId }: Pick<FakeSettings, "accountId">,
): Record<string, ContextValue> {
  const userAgent = headerValue(headers, "user-agent");
  const referer = headerValue(headers, "referer");
  return {
    "aws:RequestedRegion": region,
    "aws:CurrentTime": receivedAt.toISOString(),
    "aws:EpochTime": Math.floor(receivedAt.getTime() / 1000),
    "aws:SecureTransport": true,
    "aws:PrincipalIsAWSService": false,
    "aws:ViaAWSService": false,
    "aws:ResourceAccount": accountId,
    ...(userAgent === undefined ? {} : { "aws:UserAgent": userAgent }),
    ...(referer === undefined ? {} : { "aws:Referer": referer }),
  };
}

function bearerTokenType(term: KeyTerm, service: string, { facts }: PermissionSettings): string {
  const isSpelledOut = service === "aws-external-anthropic" && facts.bearerTokenTypesOnClaudePlatform === "short-term";
  if (isSpelledOut) return term === "short" ? "short-term" : "long-term";
  return term === "short" ? "SHORT_TERM" : "LONG_TERM";
}
