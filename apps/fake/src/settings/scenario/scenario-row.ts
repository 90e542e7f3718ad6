import type { ScenarioFault } from "./scenario-fault.ts";
import type { ScenarioReplier, ScenarioReply } from "./scenario-reply.ts";
import type { ScenarioState } from "./scenario-state.ts";
import type { ScenarioTiming } from "./scenario-timing.ts";
import type { ScenarioWhen } from "./scenario-when.ts";

/** One row of a scenario. */
export interface ScenarioRow {
  /**
   * What the row is called in the header `x-claude-on-aws-row` and in the journal. In the header, what is no visible ASCII is
   * percent-encoded, as `decodeURIComponent` reads it.
   *
   * @default {its place, such as `replies[3]`}
   */
  readonly name?: string | undefined;
  /**
   * What a request must be like.
   *
   * @default {any request that asks for a message}
   */
  readonly when?: ScenarioWhen | undefined;
  /**
   * How many requests of each scope it answers.
   *
   * @default {all}
   */
  readonly times?: number | undefined;
  /** How it depends on what was answered before, and what depends on it. */
  readonly state?: ScenarioState | undefined;
  /**
   * What is answered; in code also a function of the request, of which `undefined` asks the next row.
   *
   * @default {what the fake would have said}
   */
  readonly reply?: ScenarioReply | ScenarioReplier | undefined;
  /** When the pieces of a stream come. */
  readonly timing?: ScenarioTiming | undefined;
  /**
   * What goes wrong; of a list, the first that is due strikes. A row that has nothing else answers where it does: what it does
   * not strike asks the next row.
   */
  readonly fault?: ScenarioFault | readonly ScenarioFault[] | undefined;
}
