import type { ContextValue } from "@claude-on-aws/auth/iam";
import { parseServiceHost, splitTarget } from "@claude-on-aws/endpoints";
import { CHECKS } from "../checks.ts";
import type { FakeOptions } from "../settings/fake-options.ts";
import { resolveOptions } from "../configure/resolve-options.ts";
import { isProvider } from "../terms/provider.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { type FoundOperation, findOperation } from "../route/operation-index.ts";
import type { Caller } from "../exchange/exchange.ts";
import { DEFAULT_REGION } from "../exchange/region-of.ts";
import { hostOf } from "../exchange/host-of.ts";
import { parseObjectText } from "../text/parse-object.ts";
import type { AskedPermissions } from "../evidence/asked-permissions.ts";
import { requiredPermissions } from "../authorize/required-permissions.ts";
import type { KnownResources, RequiredPermission } from "../exchange/permission.ts";

/** What a journal says of a check. */
interface RecordedCheck {
  /** Name of the check; a fake of another version may have other names. */
  readonly check: string;
  /** Absent where the request passed. */
  readonly fault?: { readonly name: string; readonly message: string };
}

/** An exchange of a journal, as far as it is read: of this fake, or of one of another version, out of a file. */
export interface RecordedEntry extends Pick<JournalEntry, "provider" | "time" | "caller" | "model" | "permissions"> {
  readonly request: Pick<JournalEntry["request"], "method" | "target" | "headers" | "body">;
  readonly checks?: readonly RecordedCheck[];
}

/** What a recorded exchange took. */
export interface RecordedPermissions {
  /** ARN of who sent it; absent where no policies decided. */
  readonly principal?: string;
  /** What had to be allowed, in the order in which it is asked; nothing where the request was refused before. */
  readonly permissions: readonly RequiredPermission[];
  /** The check that refused the request before permissions were asked. */
  readonly refusedBefore?: RecordedCheck;
}

/**
 * Says what an exchange of a journal takes to be allowed: what the fake asked
 * that recorded it, or would have asked where it has no principals.
 *
 * A journal of an older fake does not hold that, and it is worked out from the
 * request and the options. Then the region is that of the host or of the
 * signature; a key that was not made with an access key counts as long-term;
 * nothing is known of application inference profiles and workspaces that
 * clients made, nor of the path of a role; and condition keys whose value stands
 * in a body are absent where the journal cut the body.
 *
 * @example Usage
 * ```ts
 * import { createFakeCore, recordedPermissions } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFakeCore();
 * await fake.handle({
 *   method: "GET",
 *   target: "/v1/models",
 *   headers: [
 *     ["host", "aws-external-anthropic.us-east-1.api.aws"],
 *     ["x-api-key", "key"],
 *     ["anthropic-workspace-id", "wrkspc_1"],
 *   ],
 *   httpVersion: "1.1",
 *   body: new Uint8Array(),
 *   wire: "received",
 * });
 * const [entry] = fake.journal.snapshot().exchanges;
 * const { permissions } = (entry && recordedPermissions(entry)) ?? { permissions: [] };
 * equal(permissions.at(-1)?.action, "aws-external-anthropic:ListModels");
 * ```
 *
 * @param entry The exchange.
 * @param options The account of its resources in place of the fake's; and, of an older fake, what else it was told.
 * @returns `undefined` where nobody was authenticated, or the route is not one of Claude's.
 */
export function recordedPermissions(
  entry: RecordedEntry,
  options: Pick<FakeOptions, "accountId" | "facts" | "models" | "workspaces"> = {},
): RecordedPermissions | undefined {
  const { provider, caller, request } = entry;
  if (caller === undefined || !isProvider(provider)) return undefined;
  const found = findOperation(provider, request.method, splitTarget(request.target).path);
  if (found === undefined) return undefined;
  const principal = caller.principal === undefined ? {} : { principal: caller.principal };
  if (entry.permissions !== undefined) {
    return { ...principal, permissions: writtenOut(entry.permissions, options.accountId) };
  }
  const refusedBefore = findRefusal(entry);
  if (refusedBefore !== undefined) return { ...principal, permissions: [], refusedBefore };
  return { ...principal, permissions: workedOut(entry, caller, found, options) };
}

/** Each question with its whole context, in another account where one is given. */
function writtenOut(
  { accountId, context, needed }: AskedPermissions,
  other: string = accountId,
): readonly RequiredPermission[] {
  const move = (value: ContextValue): ContextValue => {
    if (typeof value === "string") return moveText(value, accountId, other);
    return typeof value === "object" ? value.map((text) => moveText(text, accountId, other)) : value;
  };
  const moveEntry = ([key, value]: readonly [string, ContextValue]): [string, ContextValue] => {
    if (key === "aws:ResourceAccount") return [key, value === accountId ? other : value];
    // Who asks stays who they are.
    return [key, key.startsWith("aws:Principal") ? value : move(value)];
  };
  return needed.map(({ action, resource, context: own }) => ({
    action,
    resource: moveText(resource, accountId, other),
    context: Object.fromEntries(Object.entries({ ...context, ...own }).map(moveEntry)),
  }));
}

/** An ARN in another account, where it is in this one. */
function moveText(text: string, accountId: string, other: string): string {
  if (accountId === other || !text.startsWith("arn:")) return text;
  const [prefix, partition, service, region, account, ...rest] = text.split(":");
  return account === accountId ? [prefix, partition, service, region, other, ...rest].join(":") : text;
}

/** Names of the checks that come before permissions. */
const BEFORE: ReadonlySet<string> = new Set(
  CHECKS.slice(
    0,
    CHECKS.findIndex(({ name }) => name === "permission"),
  ).map(({ name }) => name),
);

/** The check after which no other was asked. */
function findRefusal({ checks = [] }: RecordedEntry): RecordedCheck | undefined {
  const last = checks.at(-1);
  return last?.fault !== undefined && BEFORE.has(last.check) ? last : undefined;
}

function workedOut(
  { request, time, model }: RecordedEntry,
  caller: Caller,
  found: FoundOperation,
  options: FakeOptions,
): readonly RequiredPermission[] {
  const { query } = splitTarget(request.target);
  const hostRegion = parseServiceHost(hostOf(request))?.region;
  return requiredPermissions(
    {
      ...found,
      query: new URLSearchParams(query),
      headers: request.headers,
      receivedAt: new Date(time),
      region: hostRegion ?? caller.region ?? DEFAULT_REGION,
      hostRegion,
      keyTerm: caller.kind === "sigv4" ? undefined : caller.accessKeyId === undefined ? "long" : "short",
      body: () => parseObjectText(request.body) ?? (model && { model: model.requested }),
      model: model?.model,
    },
    resolveOptions(options),
    NO_RESOURCES,
  );
}

/** Nothing is known of what clients made. */
const NO_RESOURCES: KnownResources = {
  profiles: { find: () => undefined, isDeleted: () => false },
  workspaces: { kept: () => undefined },
};
