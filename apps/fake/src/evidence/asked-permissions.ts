import type { ContextValue } from "@claude-on-aws/auth/iam";
import { redactUrl, splitTarget } from "@claude-on-aws/endpoints";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { isProvider } from "../terms/provider.ts";
import { type KeptExchange, isWhole } from "../record/kept-exchange.ts";
import { redactText } from "../redact/redact.ts";
import { redactSecrets, type Secrets } from "../redact/secrets.ts";
import { findOperation } from "../route/operation-index.ts";
import { parseObjectText } from "../text/parse-object.ts";
import { resourcesAt } from "../authorize/permission-state.ts";
import { permissionRequest } from "../authorize/permission-request.ts";
import { requiredPermissions } from "../authorize/required-permissions.ts";

type Context = Readonly<Record<string, ContextValue>>;

/** What had to be allowed of an exchange, as the fake asked it, or would have asked it where it has no principals. */
export interface AskedPermissions {
  /** The account of the fake. */
  readonly accountId: string;
  /** Values of condition keys that are the same in all of them. */
  readonly context: Context;
  /** Each action, what it acts on, and what else its context holds; in the order in which they are asked. */
  readonly needed: readonly { readonly action: string; readonly resource: string; readonly context?: Context }[];
}

/**
 * Works out what had to be allowed of an exchange that was kept.
 *
 * @returns `undefined` where permissions were never asked: nobody sent it, it was refused before, or it is not for Claude.
 */
export function askedPermissions(
  kept: KeptExchange,
  settings: FakeSettings,
  secrets: Secrets,
): AskedPermissions | undefined {
  const { asked, request, route } = kept;
  if (asked === undefined || !isProvider(route.provider)) return undefined;
  const { path } = splitTarget(request.target);
  const operation = findOperation(route.provider, request.method, path)?.operation;
  if (operation === undefined) return undefined;
  const question = permissionRequest(kept, operation, settings, () => bodyOf(kept));
  const permissions = requiredPermissions(question, settings, resourcesAt(asked)).map(
    ({ action, resource, context }) => ({
      action,
      resource: redactText(resource, secrets),
      context: redactContext(context, (text, key) =>
        key === "aws:Referer" ? redactUrl(redactSecrets(text, secrets)) : redactText(text, secrets),
      ),
    }),
  );
  const shared = sharedContext(permissions.map(({ context }) => context));
  return {
    accountId: settings.accountId,
    // Of the principal all is known: the settings say it.
    context: { ...redactContext(asked.principal ?? {}, (text) => redactSecrets(text, secrets)), ...shared },
    needed: permissions.map(({ context, ...permission }) => {
      const own = Object.entries(context).filter(([key]) => !Object.hasOwn(shared, key));
      return own.length === 0 ? permission : { ...permission, context: Object.fromEntries(own) };
    }),
  };
}

function bodyOf(kept: KeptExchange): Readonly<Record<string, unknown>> | undefined {
  return isWhole(kept) ? parseObjectText(new TextDecoder().decode(kept.body)) : kept.asked?.body;
}

const redactContext = (context: Context, redact: (text: string, key: string) => string): Context =>
  Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, redactValue(value, (text) => redact(text, key))]),
  );

function redactValue(value: ContextValue, redact: (text: string) => string): ContextValue {
  if (typeof value === "string") return redact(value);
  return typeof value === "object" ? value.map(redact) : value;
}

/** The keys that all contexts hold, with the same value. */
function sharedContext([first = {}, ...others]: readonly Context[]): Context {
  const isShared = ([key, value]: readonly [string, ContextValue]): boolean =>
    others.every((other) => other[key] === value || JSON.stringify(other[key]) === JSON.stringify(value));
  return Object.fromEntries(Object.entries(first).filter(isShared));
}
