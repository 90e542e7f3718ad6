import process from "node:process";
import { type Config, firstThen, PROVIDER_TITLES } from "@claude-on-aws/env";
import { planRequest } from "@claude-on-aws/fetch";
import { redactText } from "@claude-on-aws/endpoints";
import type { Terminal } from "../command.ts";
import { resolveToSend } from "../configuration/resolve-to-send.ts";
import { createPaint } from "../create-paint.ts";
import type { Circumstances } from "../refusals/describe-subject.ts";
import type { Explained } from "../refusals/explain-refusal.ts";
import { createSending } from "../send/create-sending.ts";
import { explainAnswer } from "../send/explain-answer.ts";
import { explainFailure } from "../send/explain-failure.ts";
import { explainUnsent } from "../send/explain-unsent.ts";
import { formatExplained } from "../send/format-explained.ts";
import { REFUSED } from "../send/refused.ts";
import { stopOnSignal } from "../send/stop-on-signal.ts";
import type { AskFlags, AskOptions } from "./ask-options.ts";
import { type Answer, NO_ANSWER, readAnswer } from "./read-answer.ts";

/** Why an answer is not whole, by its stop reason. */
const CUT: Readonly<Record<string, string>> = {
  max_tokens: "The answer is cut: it has as many tokens as it may have. Ask for more with --max-tokens.",
  model_context_window_exceeded: "The answer is cut: the context window of the model is full.",
  refusal: "The model refused to answer.",
};

/**
 * Sends one message, and streams the answer.
 *
 * @param flags What is asked.
 * @param terminal Where the answer goes.
 * @param options Where the configuration is read from.
 * @returns The exit status.
 */
export async function runAsk(
  { text, model, maxTokens, json }: AskFlags,
  terminal: Terminal,
  { input: _input, maxInputBytes: _maxInputBytes, ...load }: AskOptions,
): Promise<number> {
  const env = load.env ?? process.env;
  const resolve = (): Promise<Config> => resolveToSend({ ...load, env });
  const config = await resolve();
  const plan = planRequest(config, { model });
  const circumstances: Circumstances = { config, plan };
  const paint = createPaint(false);
  const answer: Answer = { ...NO_ANSWER };
  const finish = (status: number, about: object, explained?: Explained): number => {
    if (json) {
      const { text: said, ...rest } = answer;
      const head = { ok: status === 0, provider: plan.provider, model: redactText(plan.model.id), ...about };
      terminal.out(JSON.stringify({ ...head, text: said, ...rest, ...(explained ?? NOTHING_EXPLAINED) }));
    } else if (answer.text !== "" && !answer.text.endsWith("\n")) (terminal.write ?? terminal.out)("\n");
    if (explained !== undefined && !json) for (const line of formatExplained(explained, paint)) terminal.error(line);
    return status;
  };

  const unsent = explainUnsent(circumstances);
  if (unsent !== undefined) {
    if (!json) terminal.error("Nothing was sent.");
    return finish(1, { status: null, requestId: null }, unsent);
  }
  if (!json)
    terminal.error(`Asking ${plan.model.id}, ${PROVIDER_TITLES[plan.provider]}, ${config.region?.value ?? ""}`);
  const stop = stopOnSignal();
  const send = createSending(firstThen(config, resolve), { env, retries: 2 });
  let head: { readonly status: number | null; readonly requestId: string | null } = { status: null, requestId: null };
  try {
    const body = {
      model: plan.model.id,
      max_tokens: maxTokens,
      stream: true,
      messages: [{ role: "user", content: text }],
    };
    const response = await send("/messages", body, stop.signal);
    if (!response.ok) {
      const { isSent, explained, status, requestId, type, message } = await explainAnswer(response, circumstances);
      if (!json) terminal.error(isSent ? `Refused: ${status} ${type}: ${message}` : "Nothing was sent.");
      return finish(isSent ? REFUSED : 1, isSent ? { status, requestId } : head, explained);
    }
    head = { status: response.status, requestId: response.headers.get("request-id") };
    await readAnswer(response, answer, json ? undefined : (terminal.write ?? terminal.out));
    const cut = CUT[answer.stopReason ?? ""];
    const status = finish(cut === undefined ? 0 : REFUSED, head);
    if (cut !== undefined) terminal.error(cut);
    return status;
  } catch (error) {
    if (stop.status !== undefined) return json ? stop.status : finish(stop.status, head);
    if (!json) terminal.error(head.status === null ? "There was no answer." : "The answer broke off.");
    return finish(REFUSED, head, explainFailure(error, circumstances));
  } finally {
    stop.end();
  }
}

const NOTHING_EXPLAINED = { cause: null, fix: null };
