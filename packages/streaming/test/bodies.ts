/** Bytes in chunks as the body of an answer; counts how many were taken, and keeps why it was cancelled. */
export class Body {
  readonly stream: ReadableStream<Uint8Array>;
  /** Chunks that were taken. */
  taken = 0;
  /** Whether it was cancelled. */
  isCancelled = false;
  /** Why it was cancelled. */
  reason: unknown;

  /** @param chunks What it gives, as it is asked for; a promise holds it up, an error fails it. */
  constructor(chunks: Iterable<Uint8Array | string | Promise<void> | Error>) {
    const iterator = chunks[Symbol.iterator]();
    this.stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          for (;;) {
            const { done, value } = iterator.next();
            if (done) {
              controller.close();
              return;
            }
            if (value instanceof Error) throw value;
            if (value instanceof Promise) await value;
            else {
              this.taken++;
              controller.enqueue(typeof value === "string" ? new TextEncoder().encode(value) : value);
              return;
            }
          }
        },
        cancel: (reason) => {
          this.isCancelled = true;
          this.reason = reason;
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** An answer in server-sent events. */
export const sseResponse = (body: BodyInit): Response =>
  new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });

/** An answer in AWS's event stream. */
export const eventStreamResponse = (body: BodyInit): Response =>
  new Response(body, { headers: { "content-type": "application/vnd.amazon.eventstream" } });

/** Lets all that is ready happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
