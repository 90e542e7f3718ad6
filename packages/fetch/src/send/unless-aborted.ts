/**
 * Waits for something, but no longer than until a signal is aborted.
 *
 * @param promise What is waited for; it goes on by itself.
 * @param signal The signal.
 * @returns What it gives.
 * @throws The signal's reason.
 */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    const forget = (): void => signal.removeEventListener("abort", abort);
    promise.then(resolve, reject).then(forget, forget);
  });
}
