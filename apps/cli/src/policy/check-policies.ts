import {
  evaluatePolicy,
  lintPolicy,
  type Policy,
  type PolicyDecision,
  type PolicyProblem,
  type StatementReference,
} from "@claude-on-aws/auth/iam";
import { type RecordedPermissions, recordedPermissions } from "@claude-on-aws/fake/server";
import type { LoadedEntry } from "./load-journal.ts";

/** What policies would have said of recorded exchanges. */
export interface PolicyCheck {
  /** What is wrong with the policies, by policy. */
  readonly problems: readonly PolicyCheckProblem[];
  /** Each permission that was needed, and what the policies say of it; the denied first. */
  readonly permissions: readonly CheckedPermission[];
  /** What was refused before permissions were asked, by why. */
  readonly notAsked: readonly NotAsked[];
  readonly exchanges: {
    readonly total: number;
    readonly allowed: number;
    readonly denied: number;
    /** Those that were refused before permissions were asked. */
    readonly notAsked: number;
    /** Those that nobody authenticated, or whose route is none of Claude's. */
    readonly notJudged: number;
  };
}

/** A problem of one of the policies. */
interface PolicyCheckProblem extends PolicyProblem {
  /** What the policy is called. */
  readonly policy: string;
}

/** A permission that recorded exchanges took. */
interface CheckedPermission {
  readonly action: string;
  readonly resource: string;
  readonly verdict: PolicyDecision["decision"];
  /** In how many exchanges. */
  readonly count: number;
  /** The statement that decided; null where none did. */
  readonly statement: Pick<StatementReference, "policy" | "statementIndex" | "sid"> | null;
  /** One sentence for people. */
  readonly reason: string;
  /** IDs of the exchanges. */
  readonly exchanges: readonly string[];
}

/** Exchanges that were refused before permissions were asked: the policies have no say in them. */
interface NotAsked {
  /** Name of the operation. */
  readonly operation: string;
  /** Name of the check that refused them. */
  readonly check: string;
  /** What the client was told. */
  readonly reason: string;
  /** How many. */
  readonly count: number;
  /** IDs of the exchanges. */
  readonly exchanges: readonly string[];
}

/**
 * Says which recorded exchanges policies would have denied.
 *
 * @param policies All those of one principal.
 * @param entries The exchanges of a journal.
 * @param accountId The account in which the resources are, in place of the fake's; twelve digits.
 * @returns The verdicts, and what is wrong with the policies themselves.
 */
export function checkPolicies(
  policies: readonly Policy[],
  entries: readonly LoadedEntry[],
  accountId: string | undefined,
): PolicyCheck {
  const rows = new Map<string, Row>();
  const refusals = new Map<string, Refusal>();
  const counts = { total: entries.length, allowed: 0, denied: 0, notAsked: 0, notJudged: 0 };
  for (const entry of entries) {
    const recorded = recordedPermissions(entry, { accountId });
    if (recorded === undefined) {
      counts.notJudged++;
      continue;
    }
    const { principal, permissions, refusedBefore } = recorded;
    if (refusedBefore !== undefined) {
      counts.notAsked++;
      addRefusal(refusals, refusedBefore, entry);
      continue;
    }
    const decisions = permissions.map((asked) => ({ ...asked, ...evaluatePolicy(policies, { ...asked, principal }) }));
    if (decisions.every(({ decision }) => decision === "allowed")) counts.allowed++;
    else counts.denied++;
    for (const decision of decisions) add(rows, decision, entry.id);
  }
  return {
    problems: policies.flatMap((policy) =>
      lintPolicy(policy).map((problem) => ({ policy: policy.name ?? "", ...problem })),
    ),
    permissions: [...rows.values()]
      .map(counted)
      .toSorted((a, b) => Number(a.verdict === "allowed") - Number(b.verdict === "allowed")),
    notAsked: [...refusals.values()].map(counted),
    exchanges: counts,
  };
}

const counted = <Found extends { readonly exchanges: ReadonlySet<string> }>({ exchanges, ...found }: Found) => ({
  ...found,
  count: exchanges.size,
  exchanges: [...exchanges],
});

interface Refusal extends Omit<NotAsked, "count" | "exchanges"> {
  readonly exchanges: Set<string>;
}

function addRefusal(
  refusals: Map<string, Refusal>,
  { check, fault }: Exclude<RecordedPermissions["refusedBefore"], undefined>,
  { id, operation = "" }: LoadedEntry,
): void {
  const reason = fault?.message ?? "";
  const key = JSON.stringify([operation, check, reason]);
  const known = refusals.get(key) ?? { operation, check, reason, exchanges: new Set() };
  refusals.set(key, known);
  known.exchanges.add(id);
}

interface Row extends Omit<CheckedPermission, "count" | "exchanges"> {
  readonly exchanges: Set<string>;
}

function add(rows: Map<string, Row>, decision: PolicyDecision & { readonly action: string }, id: string): void {
  const { action, resource, decision: verdict, statement, reason } = decision;
  const key = JSON.stringify([action, resource, verdict, statement?.policyIndex, statement?.statementIndex, reason]);
  let row = rows.get(key);
  if (row === undefined) {
    const decided = statement && {
      policy: statement.policy,
      statementIndex: statement.statementIndex,
      ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    };
    row = { action, resource, verdict, statement: (decided as Row["statement"]) ?? null, reason, exchanges: new Set() };
    rows.set(key, row);
  }
  row.exchanges.add(id);
}
