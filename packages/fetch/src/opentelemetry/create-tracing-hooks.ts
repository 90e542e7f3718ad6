import type { Span, Tracer } from "@opentelemetry/api";
import type { EndEvent, FetchHooks, RequestEvent } from "../hooks/hooks.ts";
import type { ReadFacts } from "../hooks/observer.ts";
import { createAnswerReader } from "../usage/create-answer-reader.ts";
import { ATTRIBUTE_NAMES, OPERATION_NAMES, PROVIDER_NAMES } from "./attribute-names.ts";

// `SpanKind.CLIENT` and `SpanStatusCode.ERROR`: enumerations would load the library, which the caller's tracer has done.
const CLIENT = 2;
const ERROR = 2;

/**
 * Makes hooks that trace each call of a `fetch` as one span, from the first attempt to the end of the answer's body, with the names
 * of {@link ATTRIBUTE_NAMES}. Retries are events of it. Nothing of what is said to or by a model is in it; of an answer's body its
 * `usage` alone is read, as it goes by. The output of a stream that is not whole is left out: nobody has counted it.
 *
 * @example Usage
 * ```ts
 * import { trace } from "@opentelemetry/api";
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { createFetch } from "@claude-on-aws/fetch";
 * import { createTracingHooks } from "@claude-on-aws/fetch/opentelemetry";
 *
 * const config = resolveConfig({ env: { CLAUDE_CODE_USE_MANTLE: "1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" } });
 * const fetch = createFetch(config, createTracingHooks(trace.getTracer("my-program")));
 * ```
 *
 * @param tracer Starts the spans, each within the span that is active then.
 * @returns Hooks for one `createFetch`.
 */
export function createTracingHooks(tracer: Tracer): FetchHooks {
  const spans = new Map<number, Span>();
  return {
    onRequest(request) {
      const known = spans.get(request.call);
      if (known === undefined) spans.set(request.call, startSpan(tracer, request));
      else known.setAttribute(ATTRIBUTE_NAMES.resendCount, request.attempt);
    },
    onResponse({ request, status, requestId }) {
      const span = spans.get(request.call);
      span?.setAttribute(ATTRIBUTE_NAMES.status, status);
      if (requestId !== null) span?.setAttribute(ATTRIBUTE_NAMES.requestId, requestId);
    },
    onRetry({ request, reason, delayMs }) {
      spans.get(request.call)?.addEvent("retry", { reason, delay_ms: delayMs });
    },
    createReader: createAnswerReader,
    onEnd(event) {
      const span = spans.get(event.request.call);
      spans.delete(event.request.call);
      if (span !== undefined) endSpan(span, event);
    },
  };
}

function startSpan(tracer: Tracer, { path, method, url, model, maxTokens, provider }: RequestEvent): Span {
  const { hostname, port, protocol } = new URL(url);
  const operation = OPERATION_NAMES[path ?? ""];
  return tracer.startSpan(operation === undefined || model === null ? method : `${operation} ${model}`, {
    kind: CLIENT,
    attributes: {
      [ATTRIBUTE_NAMES.provider]: PROVIDER_NAMES[provider] ?? provider,
      [ATTRIBUTE_NAMES.method]: method,
      [ATTRIBUTE_NAMES.serverAddress]: hostname,
      [ATTRIBUTE_NAMES.serverPort]: Number(port || (protocol === "https:" ? 443 : 80)),
      ...(operation !== undefined && { [ATTRIBUTE_NAMES.operation]: operation }),
      ...(model !== null && { [ATTRIBUTE_NAMES.model]: model }),
      ...(maxTokens !== null && { [ATTRIBUTE_NAMES.maxTokens]: maxTokens }),
    },
  });
}

function endSpan(span: Span, { status, error, read }: EndEvent): void {
  span.setAttributes(usageAttributes(read));
  const type = errorType(status, error, read);
  if (type !== null) {
    span.setAttribute(ATTRIBUTE_NAMES.errorType, type);
    span.setStatus({ code: ERROR, ...(error instanceof Error && { message: error.message }) });
  }
  span.end();
}

/** Input is all of it, what was read from a cache or written to one included; what was not used is left out. */
function usageAttributes(read: ReadFacts | null): Readonly<Record<string, number>> {
  const usage = read?.usage ?? null;
  if (read === null || usage === null) return {};
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens } = usage;
  const written = cacheWriteTokens + cacheWriteHourTokens;
  const input = inputTokens + cacheReadTokens + written;
  return {
    ...(input > 0 && { [ATTRIBUTE_NAMES.inputTokens]: input }),
    ...(read.isWhole && read.errorType === null && { [ATTRIBUTE_NAMES.outputTokens]: outputTokens }),
    ...(cacheReadTokens > 0 && { [ATTRIBUTE_NAMES.cacheReadTokens]: cacheReadTokens }),
    ...(written > 0 && { [ATTRIBUTE_NAMES.cacheWriteTokens]: written }),
  };
}

/** The code of what broke a call off, the status of a refusal, or the type of the error that ends a stream; null where it went well. */
function errorType(status: number | null, error: unknown, read: ReadFacts | null): string | null {
  if (error instanceof Error) return "code" in error && typeof error.code === "string" ? error.code : error.name;
  if (error !== undefined) return "_OTHER";
  return status !== null && status >= 400 ? String(status) : (read?.errorType ?? null);
}
