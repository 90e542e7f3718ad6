import type { Config } from "@claude-on-aws/env";
import { decodeClaudeEvents, messageFromEvents } from "@claude-on-aws/streaming/claude";
import type { Circumstances } from "../refusals/describe-subject.ts";
import type { Explained } from "../refusals/explain-refusal.ts";
import { parseDenial } from "../refusals/find-missing-statement.ts";
import { createSending, type Sending } from "../send/create-sending.ts";
import { type ExplainedAnswer, explainAnswer } from "../send/explain-answer.ts";
import { explainFailure } from "../send/explain-failure.ts";
import { explainUnsent } from "../send/explain-unsent.ts";
import type { TryReport } from "./try-report.ts";

/** What it takes from its surroundings. */
export interface TryOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /**
   * How long it may take, in milliseconds.
   *
   * @default {60_000}
   */
  readonly timeoutMs?: number | undefined;
}

type Sent = NonNullable<TryReport["sent"]>;

/**
 * Sends the smallest request that proves a configuration: tokens are counted where the endpoint does that, which costs nothing;
 * elsewhere, and where that alone is not allowed, a message of one token is asked for, streamed as Claude Code does.
 *
 * @param circumstances The configuration, with all that its commands give, and its plan.
 * @param options The environment and limits.
 * @returns What came of it.
 * @throws {unknown} The reason of the signal.
 */
export async function tryConfiguration(circumstances: Circumstances, options: TryOptions): Promise<TryReport> {
  const unsent = explainUnsent(circumstances);
  if (unsent !== undefined) return failed(unsent, null, null);
  const { plan } = circumstances;
  const sending = createSending(withoutCommands(circumstances.config), {
    env: options.env,
    totalTimeoutMs: options.timeoutMs ?? 60_000,
  });
  const send = (what: Sent): Promise<TryReport> => attempt(what, sending, circumstances, options.signal);
  if (!COUNTED.has(plan.provider)) return send("message");
  const counted = await send("count_tokens");
  return isOfCountingAlone(counted) ? send("message") : counted;
}

/**
 * Where counting proves what a message would. That of Amazon Bedrock takes no profile, and no policy that Claude Code needs allows
 * it; that of its Messages endpoint is not documented.
 */
const COUNTED: ReadonlySet<string> = new Set(["anthropic-aws"]);

/** What a service or a gateway says that does not count. */
const NOT_COUNTING: ReadonlySet<string> = new Set(["route-unknown", "route-not-built", "resource-unknown"]);

const isOfCountingAlone = ({ ok, code, message }: TryReport): boolean =>
  !ok && (NOT_COUNTING.has(code ?? "") || parseDenial(message ?? "")?.action.endsWith(":CountTokens") === true);

/** All that they give is known, and a login is for people to ask for. */
const withoutCommands = (config: Config): Config => ({
  ...config,
  credentialCommands: { awsAuthRefresh: null, awsCredentialExport: null, apiKeyHelper: null },
});

const MESSAGES = [{ role: "user", content: "Hi" }];

async function attempt(
  sent: Sent,
  sending: Sending,
  circumstances: Circumstances,
  signal: AbortSignal | undefined,
): Promise<TryReport> {
  const model = circumstances.plan.model.id;
  let response: Response;
  try {
    response =
      sent === "count_tokens"
        ? await sending("/messages/count_tokens", { model, messages: MESSAGES }, signal)
        : await sending("/messages", { model, max_tokens: 1, stream: true, messages: MESSAGES }, signal);
    const { status } = response;
    if (!response.ok) return refused(await explainAnswer(response, circumstances), sent);
    if (sent === "message") await messageFromEvents(decodeClaudeEvents(response));
    else await response.body?.cancel();
    return { ...ANSWERED, status, requestId: response.headers.get("request-id"), sent };
  } catch (error) {
    signal?.throwIfAborted();
    return failed(explainFailure(error, circumstances), sent, null);
  }
}

const ANSWERED: TryReport = {
  ok: true,
  status: null,
  requestId: null,
  cause: null,
  fix: null,
  sent: null,
  subject: null,
  code: null,
  type: null,
  message: null,
  statements: [],
};

const failed = (explained: Explained, sent: Sent | null, status: number | null): TryReport => ({
  ...ANSWERED,
  ...explained,
  ok: false,
  status,
  sent,
});

const refused = ({ explained, isSent, status, requestId, type, message }: ExplainedAnswer, sent: Sent): TryReport => ({
  ...failed(explained, isSent ? sent : null, isSent ? status : null),
  ...(isSent && { requestId, type, message }),
});
