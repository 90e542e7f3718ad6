import { randomNumbers } from "../../input/random-numbers.ts";
import type { ScenarioFault } from "../../settings/scenario/scenario-fault.ts";

/** How often a fault was due and struck. */
interface Course {
  readonly random: () => number;
  struck: number;
}

/** Decides of faults whether they strike: how often they did, and what chance says. */
export class FaultChances {
  readonly #courses = new Map<ScenarioFault, Course>();

  /** Counts it as one that struck, where it strikes. */
  take(fault: ScenarioFault): boolean {
    const course = this.#courseOf(fault);
    const { times = Number.POSITIVE_INFINITY, probability = 1 } = fault;
    if (course.struck >= times) return false;
    // Asked of a certain fault too: what comes after it does not depend on how likely it was.
    if (course.random() >= probability) return false;
    course.struck++;
    return true;
  }

  /** Says that a fault which was taken could not strike. */
  giveBack(fault: ScenarioFault): void {
    this.#courseOf(fault).struck--;
  }

  #courseOf(fault: ScenarioFault): Course {
    let course = this.#courses.get(fault);
    if (course === undefined)
      this.#courses.set(fault, (course = { random: randomNumbers(fault.seed ?? 0), struck: 0 }));
    return course;
  }
}
