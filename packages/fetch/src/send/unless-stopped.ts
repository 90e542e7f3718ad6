import type { StopSignal } from "./stop.ts";

/**
 * Waits for something, but no longer than until an exchange is stopped.
 *
 * @param value What is waited for, which goes on by itself; or what is there already, for which nobody waits.
 * @param stop What ends the exchange.
 * @returns What it gives.
 * @throws The reason of the stop.
 */
export function unlessStopped<Value>(value: Value | Promise<Value>, stop: StopSignal): Value | Promise<Value> {
  if (!(value instanceof Promise)) {
    if (stop.isStopped) throw stop.reason;
    return value;
  }
  return new Promise<Value>((resolve, reject) => {
    const abort = (): void => reject(stop.reason);
    if (stop.isStopped) abort();
    const forget = stop.listen(abort);
    // What is settled already stays so, whatever is told it later; `finally` would make promises of its own.
    value.then(resolve, reject).then(forget);
  });
}
