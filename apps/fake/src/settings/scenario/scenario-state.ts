/** The state in which everybody begins. */
export const FIRST_STATE = "started";

/** How a row depends on what was answered before, and what depends on it. */
export interface ScenarioState {
  /**
   * The state in which the row is asked. Everybody begins with `started`.
   *
   * @default {any}
   */
  readonly was?: string | undefined;
  /**
   * The state once the row has answered.
   *
   * @default {as it was}
   */
  readonly becomes?: string | undefined;
}

/**
 * What parts states and counts, so that tests that run at the same time on one server do not see each other: the value of a
 * header, the credentials of the caller, or `path`, what stands between the origin and the paths of the service.
 */
export type ScenarioScope = { readonly header: string } | "credentials" | "path";
