import type { ScenarioFault } from "../settings/scenario/scenario-fault.ts";
import type { ScenarioReplier, ScenarioReply } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioRow } from "../settings/scenario/scenario-row.ts";
import type { ScenarioState } from "../settings/scenario/scenario-state.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";
import type { ScenarioWhen } from "../settings/scenario/scenario-when.ts";

/** Puts a row in the place of another, or before all others. */
type PutRow = (row: ScenarioRow, before: ScenarioRow | undefined) => void;

/**
 * Builds a row of a scenario, in the words of its keys. The row is asked from the first of `reply`, `timing` and `fault` on,
 * before all that were there, until the fake is reset; what is said of it later changes it.
 */
export class ScenarioRowBuilder {
  readonly #put: PutRow;
  #row: ScenarioRow;
  #asked: ScenarioRow | undefined;

  /**
   * @param when What a request must be like.
   * @param put Where the row goes.
   */
  constructor(when: ScenarioWhen | undefined, put: PutRow) {
    this.#row = { when };
    this.#put = put;
  }

  #with(part: ScenarioRow): this {
    this.#row = { ...this.#row, ...part };
    const { reply, timing, fault } = this.#row;
    if ((reply ?? timing ?? fault) !== undefined) {
      this.#put(this.#row, this.#asked);
      this.#asked = this.#row;
    }
    return this;
  }

  /** What is answered; a function may decline by `undefined`. */
  reply(reply: ScenarioReply | ScenarioReplier): this {
    return this.#with({ reply });
  }

  /** When the pieces of a stream come. */
  timing(timing: ScenarioTiming): this {
    return this.#with({ timing });
  }

  /** What goes wrong; of several, the first that is due strikes. */
  fault(...faults: readonly ScenarioFault[]): this {
    return this.#with({ fault: faults });
  }

  /** How many requests it answers. */
  times(times: number): this {
    return this.#with({ times });
  }

  /** How it depends on what was answered before, and what depends on it. */
  state(state: ScenarioState): this {
    return this.#with({ state });
  }

  /** What it is called in the header `x-claude-on-aws-row` and in the journal. */
  name(name: string): this {
    return this.#with({ name });
  }
}
