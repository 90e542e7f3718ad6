import type { Provider } from "../terms/provider.ts";
import type { CheckSource } from "./check-source.ts";
import type { CheckContext } from "./check-context.ts";

/** What a check is about. */
export type GatewayCheckGroup =
  | "callers"
  | "requests"
  | "answers"
  | "streams"
  | "errors"
  | "optional routes"
  | "connections"
  | "Bedrock form";

/** What came out of a check. */
export type GatewayVerdict = "kept" | "broken" | "not-applicable";

/** A demand on gateways, and how it is asked. */
export interface GatewayCheck {
  /** Stable name, such as `error-529-kept`. */
  readonly id: string;
  readonly group: GatewayCheckGroup;
  /** What is demanded, as a sentence. */
  readonly demand: string;
  readonly source: CheckSource;
  /** The services behind a gateway of which it is demanded. */
  readonly services: readonly Provider[];
  /** Asks the gateway. It returns where the demand is kept; what it throws is a verdict, or a broken connection. */
  readonly ask: (context: CheckContext) => Promise<void>;
}

/** What a gateway made of a demand. */
export interface GatewayCheckResult extends Omit<GatewayCheck, "ask" | "services"> {
  readonly verdict: GatewayVerdict;
  /** What was seen in place of what was expected, without secrets; where it is broken. */
  readonly found?: string;
  readonly expected?: string;
  /** Why it could not be asked; where it is not applicable. */
  readonly reason?: string;
}
