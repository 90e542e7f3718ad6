import type { Config } from "@claude-on-aws/env";
import type { Handler, OnRefused, Reply, RequestHead } from "@claude-on-aws/listen";
import { type Concurrency, createConcurrency } from "./admission/concurrency.ts";
import type { AuditSink } from "./audit/audit-record.ts";
import type { AuditLog } from "./audit/create-audit-log.ts";
import { openAudit } from "./audit/open-audit.ts";
import { boundSpend } from "./budgets/bound/bound-spend.ts";
import type { BudgetKeeper } from "./budgets/budget-keeper.ts";
import { costOf } from "./budgets/cost/cost-of.ts";
import { closeBudgets, type OpenBudgets, openBudgets } from "./budgets/open-budgets.ts";
import { createIdentify } from "./callers/create-identify.ts";
import { createHeadRules } from "./callers/head/check-head.ts";
import { isLoopbackHost } from "./callers/head/read-host.ts";
import { namesCallers } from "./callers/names-callers.ts";
import { neverForwarded } from "./callers/never-forwarded.ts";
import type { TokenRecord } from "./callers/tokens/token-record.ts";
import { type ExplainedParts, type Explanation, explainRequest } from "./explain/explain-request.ts";
import { noteRefused } from "./exchange/note-refused.ts";
import { GatewayError } from "./gateway-error.ts";
import { createHandler } from "./handle.ts";
import { createMetrics, type Metrics } from "./metrics/create-metrics.ts";
import { readMetrics } from "./metrics/read-metrics.ts";
import { DEFAULTS } from "./settings/defaults.ts";
import type { GatewaySettings } from "./settings/gateway-settings.ts";
import { createHealth, type Health } from "./upstreams/health.ts";
import { createUpstreams } from "./upstreams/create-upstreams.ts";
import type { Upstream } from "./upstreams/upstream.ts";

/** Options for {@link createGateway}. */
export interface GatewayOptions {
  /** The token of the one caller, where the settings name nobody. */
  readonly token: TokenRecord;
  /** Variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Reads the environment as Claude Code does, where the settings name no upstream.
   *
   * @default {the files and variables of the process; no command is run for it}
   */
  readonly resolveEnvironment?: (() => Promise<Config>) | undefined;
  /**
   * Told in words what goes wrong while the gateway runs, such as an audit that cannot be written.
   *
   * @default {nobody}
   */
  readonly warn?: ((line: string) => void) | undefined;
  /**
   * How many requests are under way, for metrics.
   *
   * @default {0}
   */
  readonly underWay?: (() => number) | undefined;
  /**
   * Whether the process is ending, so that further requests are refused.
   *
   * @default {never}
   */
  readonly isClosing?: (() => boolean) | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}

/** Whether a gateway could serve a request, and why a part of it could not; a part that could has null. */
export interface Readiness {
  /** Whether the budgets' store and at least one upstream are. */
  readonly isReady: boolean;
  readonly parts: Readonly<Record<string, string | null>>;
}

/** A gateway, put together. */
export interface Gateway {
  readonly settings: GatewaySettings;
  readonly upstreams: readonly [Upstream, ...Upstream[]];
  readonly budgets: OpenBudgets;
  /** Undefined where the settings name none. */
  readonly audit: AuditLog | undefined;
  readonly metrics: Metrics;
  /** How its upstreams did, and what its callers have under way: whoever takes its place goes on with both. */
  readonly health: Health;
  readonly concurrency: Concurrency;
  /** Answers clients, for `listen`. */
  readonly handler: Handler;
  /** Writes down a request that `listen` refused before the handler saw it, for its `onRefused`. */
  readonly noteRefused: OnRefused;
  /** Asks each part whether it could serve a request. */
  readonly findReadiness: () => Promise<Readiness>;
  /** Says what would be done with a request, and sends nothing. */
  readonly explain: (head: RequestHead, body: Uint8Array<ArrayBuffer>) => Promise<Explanation>;
  /** Answers `/metrics`. */
  readonly readMetrics: (head: RequestHead) => Promise<Reply>;
  /**
   * Lets its parts go, after its last exchange.
   *
   * @param successor A gateway that goes on with some of them.
   */
  readonly close: (successor?: Gateway) => Promise<void>;
}

/**
 * Puts a gateway together from its settings.
 *
 * @example What would be done with a request
 * ```ts
 * import { createGateway, makeToken } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const { token, record } = makeToken({ name: "me" });
 * const gateway = await createGateway(
 *   { upstreams: [{ name: "bedrock", provider: "bedrock", region: "eu-west-1" }] },
 *   { token: record, env: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" } },
 * );
 * const { upstreams } = await gateway.explain(
 *   {
 *     method: "POST",
 *     target: "/v1/messages",
 *     headers: [["host", "localhost"], ["authorization", `Bearer ${token}`]],
 *     httpVersion: "1.1",
 *   },
 *   new TextEncoder().encode('{"model":"opus","max_tokens":1,"messages":[]}'),
 * );
 * await gateway.close();
 *
 * equal(upstreams[0]?.model, "eu.anthropic.claude-opus-5-5");
 * ```
 *
 * @param settings What the configuration says.
 * @param options The process around it.
 * @param previous The one that it takes the place of: parts whose settings are the same go on, such as budgets in memory.
 * @returns The gateway; it listens nowhere yet.
 * @throws {GatewayError} `SETTINGS_INVALID` where the settings cannot be followed.
 */
export async function createGateway(
  settings: GatewaySettings,
  options: GatewayOptions,
  previous?: Gateway,
): Promise<Gateway> {
  const { token, env, now, warn = () => {}, underWay = () => 0 } = options;
  const metricsToken = readMetricsToken(settings, env);
  const upstreams = await createUpstreams(settings.upstreams, env, warn, options.resolveEnvironment);
  const { callers = {}, listen = {} } = settings;
  const identify = await createIdentify(callers, {
    tokens: namesCallers(callers) ? [] : [token],
    upstreams,
    now,
    onProblem: warn,
  });
  const { budgets, audit, metrics } = await openParts(settings, warn, previous);
  metrics.observe({ active: underWay, auditLost: () => audit?.lost() ?? 0 });
  const providers = new Map(upstreams.map(({ name, provider }) => [name, provider]));
  const { health, concurrency } = previous ?? {
    health: createHealth({ nowMs: nowMsOf(now) }),
    concurrency: createConcurrency(),
  };
  const record: AuditSink = (one) => {
    metrics.measure(one, providers.get(one.upstreams.at(-1) ?? ""));
    return audit?.sink(one);
  };
  const deciding: ExplainedParts = {
    upstreams,
    identify,
    headRules: createHeadRules(listen, callers),
    withheldHeaders: [...neverForwarded(callers)],
    bound: boundSpend,
  };
  const handler = createHandler({
    ...deciding,
    budgets: budgets.keeper,
    // Without a cap nothing has to be bounded, and batches pass.
    bound: settings.budgets === undefined || settings.budgets.caps.length === 0 ? undefined : boundSpend,
    cost: costOf,
    audit: record,
    auditFailure: settings.audit?.onFailure,
    // The audit says itself when it begins to fail, and when that is over.
    onError: (error) => void (isOfAudit(error) || warn(`A part of the gateway failed: ${wordsOf(error)}`)),
    maxBodyBytes: settings.maxBodyBytes,
    pingAfterMs: settings.pingAfterMs,
    health,
    concurrency,
    isClosing: options.isClosing,
    now,
  });
  const readers = {
    token: metricsToken,
    isReachable: !isLoopbackHost((settings.listen?.host ?? DEFAULTS.host).toLowerCase()),
  };
  return {
    settings,
    upstreams,
    budgets,
    audit,
    metrics,
    health,
    concurrency,
    handler,
    noteRefused: (refused) => noteRefused(record, refused, nowMsOf(now)()),
    findReadiness: () =>
      findReadiness(upstreams, budgets.keeper, settings.audit?.onFailure === "refuse" ? audit : undefined),
    explain: (head, body) => explainRequest(deciding, head, body),
    readMetrics: (head) => readMetrics(metrics, readers, head),
    close: (successor) => closeParts({ budgets, audit, metrics }, successor),
  };
}

const nowMsOf = (now: GatewayOptions["now"]): (() => number) => (now === undefined ? Date.now : () => now().getTime());

/** Parts that hold something: a connection, a file, a timer. */
type OpenParts = Pick<Gateway, "budgets" | "audit" | "metrics">;

/** Opens them, but for those of the gateway before that can go on; where one cannot be opened, none is left open. */
async function openParts(
  settings: GatewaySettings,
  warn: (line: string) => void,
  previous: Gateway | undefined,
): Promise<OpenParts> {
  const opened: { -readonly [Part in keyof OpenParts]?: OpenParts[Part] } = {};
  try {
    return {
      budgets: (opened.budgets =
        keptPart(settings, previous, "budgets") ?? (await openBudgets(settings.budgets, previous?.budgets))),
      audit: (opened.audit = keptPart(settings, previous, "audit") ?? (await createAudit(settings, warn))),
      metrics: (opened.metrics = keptPart(settings, previous, "metrics") ?? (await createMetrics(settings.metrics))),
    };
  } catch (error) {
    await closeParts(opened, previous);
    throw error;
  }
}

/** Closes parts that nobody goes on with. */
async function closeParts(
  { budgets, audit, metrics }: Partial<OpenParts>,
  kept: Partial<OpenParts> | undefined,
): Promise<void> {
  if (budgets !== undefined && kept?.budgets !== budgets) await closeBudgets(budgets, kept?.budgets);
  if (kept?.metrics !== metrics) await metrics?.close();
  if (kept?.audit !== audit) await audit?.close();
}

const createAudit = async ({ audit }: GatewaySettings, warn: (line: string) => void): Promise<AuditLog | undefined> =>
  audit === undefined ? undefined : openAudit(audit, warn);

const isOfAudit = (error: unknown): boolean => error instanceof GatewayError && error.code === "AUDIT_UNWRITABLE";

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readMetricsToken({ metrics }: GatewaySettings, env: GatewayOptions["env"]): string | undefined {
  const name = metrics?.tokenVariable;
  if (name === undefined) return undefined;
  const token = env[name];
  if (token !== undefined && token !== "") return token;
  const what = `Cannot use metrics.tokenVariable: the environment variable ${name} is not set`;
  throw new GatewayError("SETTINGS_INVALID", `${what}; put the token into it with which /metrics is to be read`);
}

/** A part of the gateway before that can go on: what the settings say of it is the same. */
const keptPart = <Part extends keyof OpenParts>(
  settings: GatewaySettings,
  previous: Gateway | undefined,
  part: Part,
): Gateway[Part] | undefined =>
  JSON.stringify(previous?.settings[part]) === JSON.stringify(settings[part]) ? previous?.[part] : undefined;

async function findReadiness(
  upstreams: readonly Upstream[],
  budgets: BudgetKeeper,
  audit: AuditLog | undefined,
): Promise<Readiness> {
  const [isStoreThere, problems] = await Promise.all([
    budgets.isReady().catch(() => false),
    Promise.all(upstreams.map(async ({ name, findProblem }) => [name, (await findProblem?.()) ?? null] as const)),
  ]);
  const isAudited = audit?.isFailing() !== true;
  return {
    isReady: isStoreThere && isAudited && problems.some(([, problem]) => problem === null),
    parts: {
      ...(audit !== undefined && { audit: isAudited ? null : "it cannot be written" }),
      budgets: isStoreThere ? null : "the store does not answer",
      ...Object.fromEntries(problems.map(([name, problem]) => [`upstream ${name}`, problem])),
    },
  };
}
