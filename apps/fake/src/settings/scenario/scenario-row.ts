import type { ScenarioFault } from "./scenario-fault.ts";
import type { ScenarioReplier, ScenarioReply } from "./scenario-reply.ts";
import type { ScenarioTiming } from "./scenario-timing.ts";
import type { ScenarioWhen } from "./scenario-when.ts";

/** One row of a scenario. */
export interface ScenarioRow {
  /**
   * What a request must be like.
   *
   * @default {any request that asks for a message}
   */
  readonly when?: ScenarioWhen | undefined;
  /**
   * How many requests it answers.
   *
   * @default {all}
   */
  readonly times?: number | undefined;
  /**
   * What is answered; in code also a function of the request, of which `undefined` asks the next row.
   *
   * @default {what the fake would have said}
   */
  readonly reply?: ScenarioReply | ScenarioReplier | undefined;
  /** When the pieces of a stream come. */
  readonly timing?: ScenarioTiming | undefined;
  /** What goes wrong; of a list, the first that is due strikes. */
  readonly fault?: ScenarioFault | readonly ScenarioFault[] | undefined;
}
