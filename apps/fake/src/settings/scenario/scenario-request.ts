import type { Provider } from "../../terms/provider.ts";

/** What a function of a row is told. */
export interface ScenarioRequest {
  readonly provider: Provider;
  readonly operation: string;
  /** As the client wrote it; empty where the operation takes none. */
  readonly model: string;
  /** Text of the user's last message. */
  readonly text: string;
  /** The body. */
  readonly input: Readonly<Record<string, unknown>>;
}
