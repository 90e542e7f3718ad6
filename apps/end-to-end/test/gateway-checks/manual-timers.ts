import type { CheckGatewayOptions } from "@claude-on-aws/fake/gateway-checks";

/** Timers that go off when a gateway of the tests says that it will never do what is waited for. */
export class ManualTimers {
  readonly #callbacks = new Map<number, () => void>();
  #next = 1;
  #isExpired = false;

  /** What the checks wait by. */
  readonly timers: NonNullable<CheckGatewayOptions["timers"]> = {
    now: () => 0,
    setTimeout: (callback) => {
      const id = this.#next++;
      this.#callbacks.set(id, callback);
      if (this.#isExpired) setImmediate(() => this.#run(id));
      return id;
    },
    clearTimeout: (id) => void this.#callbacks.delete(id as number),
  };

  /** Lets all of them go off, and those to come, until the next check. */
  expire(): void {
    this.#isExpired = true;
    for (const id of Array.from(this.#callbacks.keys())) this.#run(id);
  }

  /** Begins the next check. */
  reset(): void {
    this.#isExpired = false;
  }

  #run(id: number): void {
    const callback = this.#callbacks.get(id);
    this.#callbacks.delete(id);
    callback?.();
  }
}
