import type { Provider } from "../../terms/provider.ts";

/** What a request must be like; what is left out may be anything. */
export interface ScenarioWhen {
  readonly provider?: Provider | undefined;
  /**
   * Names of operations, such as `CreateMessage` or `ConverseStream`.
   *
   * @default {every operation that answers a message}
   */
  readonly operation?: string | readonly string[] | undefined;
  /** Model as the client names it, or as the fake calls it; `*` stands for any characters. */
  readonly model?: string | undefined;
  /** Text that the last message of the user holds. */
  readonly text?: string | undefined;
}
