/** What is known of whether upstreams answer. Nothing is sent to find out: what real requests met is what counts. */
export interface Health {
  /** Puts those that answer before those that failed lately; among each the order stays. */
  readonly order: <Named extends { readonly name: string }>(upstreams: readonly Named[]) => readonly Named[];
  /** One answered, whatever it said. */
  readonly answered: (name: string) => void;
  /** One did not answer, or with an error of its own. */
  readonly failed: (name: string) => void;
  /** Whether requests go to it first. */
  readonly isWell: (name: string) => boolean;
}

/** Options for {@link createHealth}. */
export interface HealthOptions {
  /** How often in a row an upstream fails before others are asked first; three times by default. */
  readonly failures?: number | undefined;
  /** How long others are asked first, in milliseconds; then one request tries it again. Ten seconds by default. */
  readonly pauseMs?: number | undefined;
  /** The clock, in milliseconds. */
  readonly nowMs: () => number;
}

const DEFAULT_FAILURES = 3;
const DEFAULT_PAUSE_MS = 10_000;

interface State {
  failures: number;
  /** Until when others are asked first. */
  pausedUntil: number;
}

/**
 * Makes what remembers how upstreams did.
 *
 * @param options When one counts as failing, and for how long.
 * @returns The health of all of them.
 */
export function createHealth({
  failures = DEFAULT_FAILURES,
  pauseMs = DEFAULT_PAUSE_MS,
  nowMs,
}: HealthOptions): Health {
  const states = new Map<string, State>();
  const isWell = (name: string): boolean => (states.get(name)?.pausedUntil ?? 0) <= nowMs();
  return {
    isWell,
    order(upstreams) {
      if (states.size === 0 || upstreams.length === 1) return upstreams;
      const well = upstreams.filter(({ name }) => isWell(name));
      for (const { name } of well.slice(0, 1)) {
        const state = states.get(name);
        // The others wait for what this one meets.
        if (state !== undefined && state.failures >= failures) state.pausedUntil = nowMs() + pauseMs;
      }
      return [...well, ...upstreams.filter((upstream) => !well.includes(upstream))];
    },
    answered: (name) => void states.delete(name),
    failed(name) {
      const state = states.get(name) ?? { failures: 0, pausedUntil: 0 };
      state.failures += 1;
      if (state.failures >= failures) state.pausedUntil = nowMs() + pauseMs;
      states.set(name, state);
    },
  };
}
