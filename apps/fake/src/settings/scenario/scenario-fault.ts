/** What goes wrong, and how often. Each kind takes parameters of its own beside these. */
export interface ScenarioFault {
  /** Its name in the table of faults. */
  readonly kind: string;
  /**
   * How likely it strikes when it is due, from 0 to 1.
   *
   * @default {1}
   */
  readonly probability?: number | undefined;
  /** What chance is made from: the same number decides alike. */
  readonly seed?: number | undefined;
  /**
   * How often it strikes.
   *
   * @default {as often as it is due}
   */
  readonly times?: number | undefined;
  /** How many events of a stream are sent before it strikes. */
  readonly afterEvents?: number | undefined;
  readonly [parameter: string]: unknown;
}
