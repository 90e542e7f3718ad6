/**
 * Waits as long as nobody gives up.
 *
 * @returns What was waited for.
 * @throws What the signal says, as `fetch` does.
 */
export async function untilAborted<Value>(pending: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) throw signal.reason;
  let giveUp = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason as Error);
    signal.addEventListener("abort", giveUp);
  });
  try {
    return await Promise.race([pending, aborted]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
