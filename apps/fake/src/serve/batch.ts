import { setImmediate } from "node:timers";

/** A call that waits for its turn. */
interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes the calls of one turn of the event loop run one behind the other, when that turn is over.
 *
 * A runtime reads one request, has it answered, and reads the next: the code that reads drives the code that answers out
 * of the processor's caches, and the other way round. With 64 connections that cost more time than reading and answering
 * did. In a batch all are read, all are answered, all are written. A call on its own waits for none.
 *
 * The timer is the module's: a test that stops the clock of its process must not stop the server in it.
 */
export function inBatches<Input, Output>(run: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = [];
  const runAll = (): void => {
    const batch = waiting;
    waiting = [];
    for (const { input, resolve, reject } of batch) {
      try {
        // Not awaited: an answer that waits for something holds up no other.
        Promise.resolve(run(input)).then(resolve, reject);
      } catch (error) {
        reject(error);
      }
    }
  };
  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ input, resolve, reject }) === 1) setImmediate(runAll);
    });
}
