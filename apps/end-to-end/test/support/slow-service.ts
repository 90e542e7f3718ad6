import { listen, type Outcome, type Reply } from "@claude-on-aws/listen";

/** An answer of a {@link SlowService}. */
interface SlowAnswer {
  /** Sends bytes; null ends the answer. */
  readonly say: (bytes: Uint8Array | null) => void;
  /** How it ended. */
  readonly ended: Promise<Outcome>;
}

/** A service in the place of AWS whose answers are streams of events that go on when they are told to. */
export interface SlowService {
  readonly url: string;
  /** Waits for an answer, by its number. */
  readonly answer: (index: number) => Promise<SlowAnswer>;
  readonly close: () => Promise<void>;
}

/** Bytes that are said, and taken later. */
function createQueue(): { readonly say: SlowAnswer["say"]; readonly taken: AsyncGenerator<Uint8Array> } {
  const said: (Uint8Array | null)[] = [];
  let wake: (() => void) | undefined;
  async function* take(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (said.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const next = said.shift();
      if (next === null || next === undefined) return;
      yield next;
    }
  }
  const say = (bytes: Uint8Array | null): void => {
    said.push(bytes);
    wake?.();
  };
  return { say, taken: take() };
}

/** Starts one, for one test. */
export async function openSlowService(): Promise<SlowService> {
  const answers: SlowAnswer[] = [];
  let wake: (() => void) | undefined;
  const listener = await listen(async (_head, request): Promise<Reply> => {
    await request.read(1_000_000);
    const { say, taken } = createQueue();
    const { promise: ended, resolve } = Promise.withResolvers<Outcome>();
    answers.push({ say, ended });
    wake?.();
    const onEnd: Reply["onEnd"] = ({ outcome }) => resolve(outcome);
    return { status: 200, headers: [["content-type", "text/event-stream"]], body: taken, onEnd };
  });
  return {
    url: listener.url,
    close: () => listener.close(),
    async answer(index) {
      for (;;) {
        const found = answers[index];
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
