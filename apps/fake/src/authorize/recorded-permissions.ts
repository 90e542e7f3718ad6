import { parseServiceHost } from "@claude-on-aws/auth/iam";
import { type FakeOptions, resolveOptions } from "../options.ts";
import { type Provider, PROVIDERS } from "../provider.ts";
import type { JournalEntry } from "../record/journal-entry.ts";
import { findOperation } from "../route/operation-index.ts";
import { DEFAULT_REGION } from "../route/region-of.ts";
import { hostOf } from "../route/route.ts";
import { parseObjectText } from "../validate/check-json.ts";
import { type RequiredPermission, requiredPermissions } from "./required-permissions.ts";

/** What a recorded exchange took. */
export interface RecordedPermissions {
  /** ARN of who sent it; absent where no policies decided. */
  readonly principal?: string;
  /** What had to be allowed, in the order in which it is asked. */
  readonly permissions: readonly RequiredPermission[];
}

/**
 * Works out what an exchange of a journal takes to be allowed, of whatever fake
 * the journal is.
 *
 * Of a key that is not made of an access key, the journal does not say the
 * term: it counts as long-term. Condition keys whose value stands in a body are
 * absent where the journal cut the body.
 *
 * @example Usage
 * ```ts
 * import { createFakeCore, recordedPermissions } from "@claude-on-aws/fake/server";
 *
 * const fake = createFakeCore();
 * for (const entry of fake.journal.snapshot().exchanges) {
 *   console.log(recordedPermissions(entry)?.permissions.map(({ action, resource }) => `${action} on ${resource}`));
 * }
 * ```
 *
 * @param entry The exchange.
 * @param options The account of its resources, and what else the fake of the journal was told.
 * @returns `undefined` where nobody was authenticated, or the route is none of Claude's.
 */
export function recordedPermissions(
  { provider, caller, request, time, model }: JournalEntry,
  options: Pick<FakeOptions, "accountId" | "facts" | "models" | "workspaces"> = {},
): RecordedPermissions | undefined {
  if (caller === undefined || !Object.hasOwn(PROVIDERS, provider)) return undefined;
  const [path = "", query = ""] = request.target.split("?", 2);
  const found = findOperation(provider as Provider, request.method, path);
  if (found === undefined) return undefined;
  const hostRegion = parseServiceHost(hostOf(request))?.region;
  const permissions = requiredPermissions(
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
  );
  return { permissions, ...(caller.principal === undefined ? {} : { principal: caller.principal }) };
}
