import type { ExchangeEnd } from "@claude-on-aws/listen";
import { createFakeCore, type FakeCore } from "../create/fake-core.ts";
import { route } from "../route/route.ts";
import type { Provider } from "../terms/provider.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { Finding } from "../rules/rule.ts";
import type { ScenarioRowBuilder } from "../scenario/row-builder.ts";
import { splitFrames } from "./split-frames.ts";

/** Operations that ask for a message. */
const INFERENCE: ReadonlySet<string> = new Set([
  "CreateMessage",
  "InvokeModel",
  "InvokeModelWithResponseStream",
  "Converse",
  "ConverseStream",
]);

/** A request that reached the service behind a gateway, and what that answered. */
export interface Arrival {
  readonly provider: Provider;
  /** Name of the operation; absent for a route that does not exist. */
  readonly operation: string | undefined;
  readonly request: ReceivedRequest;
  /** What was answered, once it was; a body that comes in time has none here. */
  readonly reply: Promise<WireReply>;
  /** How the answer ended, once it has. */
  readonly ended: Promise<ExchangeEnd>;
}

/** Holds a stream up behind its first frames. */
export interface Gate {
  /** Lets everything through from then on. */
  readonly open: () => void;
}

/** The service behind a gateway: a fake, and all that reaches it. */
export class Upstream {
  /** What is put on a port. */
  readonly core: FakeCore;
  readonly #core: FakeCore;
  #arrivals: Arrival[] = [];
  #waiting: (() => void)[] = [];
  #gate: { readonly afterFrames: number; readonly opened: Promise<void> } | undefined;
  #openGate: () => void = () => {};

  constructor() {
    // Every body is looked at as it came; the journal needs none of them.
    this.#core = createFakeCore();
    this.core = { ...this.#core, handle: (request) => this.#handle(request) };
  }

  /** What came since the check began that is asked now, oldest first. */
  get arrivals(): readonly Arrival[] {
    return this.#arrivals;
  }

  /** Those of them that ask for a message. */
  get messages(): readonly Arrival[] {
    return this.#arrivals.filter(({ operation }) => operation !== undefined && INFERENCE.has(operation));
  }

  /** What the rules of AWS say against the requests that came, each once. */
  get brokenRules(): readonly Finding[] {
    const found = this.#core.journal.snapshot().exchanges.flatMap(({ findings }) => findings);
    return found.filter(({ level }) => level === "fail");
  }

  /** Begins anew, for the next check. */
  reset(): void {
    this.#openGate();
    this.#gate = undefined;
    this.#arrivals = [];
    this.#waiting = [];
    this.#core.reset();
  }

  /** Begins a row of the scenario for messages in which a text stands. */
  on(text: string): ScenarioRowBuilder {
    return this.#core.on({ text });
  }

  /** Resolves when as many requests for messages have come. */
  async arrived(count: number): Promise<void> {
    while (this.messages.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
  }

  /** Holds all streams up behind as many frames, until the gate is opened or the check is over. */
  holdStreams(afterFrames: number): Gate {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = { afterFrames, opened: promise };
    this.#openGate = resolve;
    return { open: resolve };
  }

  /** Asks for the answer in one piece: it is compared with what clients get, and held back frame by frame. */
  async #handle({ takesParts: _inParts, ...received }: ReceivedRequest): Promise<WireReply> {
    const { provider, operation } = route(received);
    const answered = Promise.withResolvers<WireReply>();
    const ended = Promise.withResolvers<ExchangeEnd>();
    // A copy: what was received may be used again.
    const request = { ...received, body: new Uint8Array(received.body) };
    const gate = this.#gate;
    this.#arrivals.push({
      provider,
      operation: operation?.name,
      request,
      reply: answered.promise,
      ended: ended.promise,
    });
    for (const wake of this.#waiting.splice(0)) wake();
    const reply = await this.#core.handle(received);
    answered.resolve(reply);
    const onEnd = (end: ExchangeEnd): void => {
      reply.onEnd?.(end);
      ended.resolve(end);
    };
    const type = reply.headers.find(([name]) => name === "content-type")?.[1] ?? "";
    if (gate === undefined || !(reply.body instanceof Uint8Array) || !isStream(type)) return { ...reply, onEnd };
    return { ...reply, onEnd, body: held(splitFrames(reply.body, type), gate) };
  }
}

const isStream = (contentType: string): boolean =>
  contentType.startsWith("text/event-stream") || contentType.startsWith("application/vnd.amazon.eventstream");

async function* held(
  frames: readonly Uint8Array[],
  { afterFrames, opened }: { readonly afterFrames: number; readonly opened: Promise<void> },
): AsyncGenerator<Uint8Array> {
  yield* frames.slice(0, afterFrames);
  await opened;
  yield* frames.slice(afterFrames);
}
