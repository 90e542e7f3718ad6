import type { FakeSettings } from "../settings/options.ts";

/** How many diagnoses a fake made in the second of its clock that is now. */
interface Spent {
  second: number;
  count: number;
}

const spentBy = new WeakMap<FakeSettings, Spent>();

/**
 * Whether one more diagnosis may be made, and counts it where it may: a flood
 * of wrong signatures must not hold up everybody else.
 */
export function takeDiagnosis(settings: FakeSettings, now: Date): boolean {
  const second = Math.floor(now.getTime() / 1000);
  const spent = spentBy.get(settings);
  if (spent?.second !== second) {
    if (settings.maxDiagnosesPerSecond <= 0) return false;
    spentBy.set(settings, { second, count: 1 });
    return true;
  }
  if (spent.count >= settings.maxDiagnosesPerSecond) return false;
  spent.count++;
  return true;
}
