import type { Provider } from "../../terms/provider.ts";
import type { ScenarioRequest } from "./scenario-request.ts";
import type { ScenarioText } from "./scenario-text.ts";

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
  /** Text of the user's last message. */
  readonly text?: ScenarioText | undefined;
  /** The number of Claude's turn: 1 where Claude has said nothing yet. The beginning of an answer that is given is no turn. */
  readonly turn?: number | undefined;
  /** A result of a tool that came since Claude last spoke. */
  readonly toolResult?: ScenarioToolResult | undefined;
  readonly userAgent?: ScenarioText | undefined;
  /** Headers by their names, in any case; `true` for one that is there at all. */
  readonly headers?: Readonly<Record<string, ScenarioText | true>> | undefined;
  /**
   * Which of the requests that fit everything else, counted from 1, whoever answered them: each scope and each row counts for
   * itself.
   */
  readonly call?: number | readonly number[] | undefined;
  /** Decides in code. */
  readonly matches?: ((request: ScenarioRequest) => boolean) | undefined;
}

/** What a result of a tool must be like. */
export interface ScenarioToolResult {
  /** Name of the tool that Claude called. */
  readonly name?: string | undefined;
  /** Text of the result. */
  readonly text?: ScenarioText | undefined;
  readonly isError?: boolean | undefined;
}
