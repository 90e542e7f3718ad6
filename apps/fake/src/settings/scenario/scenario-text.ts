/** A pattern as JSON writes it. */
export interface ScenarioPattern {
  /** As `RegExp` takes it. */
  readonly pattern: string;
  /**
   * Of `i`, `m`, `s`, `u` and `v`.
   *
   * @default {""}
   */
  readonly flags?: string | undefined;
}

/**
 * What a text must be like: a text that it contains, however long it is; or a pattern, which is tried on its first 16,384
 * UTF-16 code units, since nothing bounds what a pattern costs but the length of what it is tried on. In code also a `RegExp`.
 */
export type ScenarioText = string | ScenarioPattern | RegExp;
