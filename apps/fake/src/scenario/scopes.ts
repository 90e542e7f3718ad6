import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Exchange } from "../exchange/exchange.ts";
import type { ScenarioRow } from "../settings/scenario/scenario-row.ts";
import { FaultChances } from "./faults/chance.ts";
import { FIRST_STATE, type ScenarioScope } from "../settings/scenario/scenario-state.ts";

/** What is remembered of one scope. */
export interface Scope {
  state: string;
  /** How many requests each row has answered. */
  readonly used: Map<ScenarioRow, number>;
  /** How many requests have fitted each row that counts them. */
  readonly fitted: Map<ScenarioRow, number>;
  /** Which faults have struck, and what chance says of the next. */
  readonly chances: FaultChances;
  /** How many rows at the beginning are used up, and of which rows. */
  spent: { readonly of: object | undefined; readonly count: number };
}

/** Before any row is used up. */
export const NOTHING_SPENT: Scope["spent"] = { of: undefined, count: 0 };

/** What each scope remembers; the one that was not asked for the longest is forgotten first. */
export class Scopes {
  readonly #keyOf: (exchange: Exchange) => string;
  readonly #max: number;
  readonly #scopes = new Map<string, Scope>();

  /**
   * @param scope What parts them.
   * @param max How many are remembered.
   */
  constructor(scope: ScenarioScope | undefined, max: number) {
    this.#keyOf = keyFor(scope);
    this.#max = max;
  }

  /** Finds the scope of a request. */
  of(exchange: Exchange): Scope {
    const key = this.#keyOf(exchange);
    const scope = this.#scopes.get(key) ?? newScope();
    this.#scopes.delete(key);
    this.#scopes.set(key, scope);
    const [oldest] = this.#scopes.size > this.#max ? this.#scopes.keys() : [];
    if (oldest !== undefined) this.#scopes.delete(oldest);
    return scope;
  }

  /** Forgets all of them. */
  reset(): void {
    this.#scopes.clear();
  }
}

const newScope = (): Scope => ({
  state: FIRST_STATE,
  used: new Map(),
  fitted: new Map(),
  chances: new FaultChances(),
  spent: NOTHING_SPENT,
});

function keyFor(scope: ScenarioScope | undefined): (exchange: Exchange) => string {
  if (scope === undefined) return () => "";
  if (scope === "path") return ({ request }) => request.basePath ?? "";
  if (scope === "credentials") return callerKey;
  const name = scope.header.toLowerCase();
  return ({ request }) => headerValue(request.headers, name) ?? "";
}

/** Stays in memory: nothing of it is written anywhere. */
function callerKey({ caller, request }: Exchange): string {
  if (caller?.accessKeyId !== undefined) return `access key ${caller.accessKeyId}`;
  const { headers } = request;
  return `key ${headerValue(headers, "x-api-key") ?? headerValue(headers, "authorization") ?? ""}`;
}
