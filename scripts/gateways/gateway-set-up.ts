import type { CheckGatewayOptions, GatewayCheckResult, GatewayReport } from "../../apps/fake/src/gateway-checks.ts";

/** A gateway that runs. */
export interface StartedGateway {
  readonly url: string;
  /** What the checks have to know of it: token, headers, model. */
  readonly options: Pick<CheckGatewayOptions, "token" | "headers" | "model">;
  /** Its process. */
  readonly pid: number;
  /** The process of the database that it has for itself. */
  readonly storePid?: number;
  /** Ends it, and all that was started with it. */
  readonly close: () => Promise<void>;
}

/** Where a gateway finds the service, and where it may put its files. */
export interface GatewaySurroundings {
  readonly upstreamUrl: string;
  /** Empty, and removed afterwards. */
  readonly folder: string;
}

/** A gateway, configured for one service. */
export interface GatewaySetUp {
  /** What it is called in the table. */
  readonly title: string;
  readonly version: string;
  readonly service: GatewayReport["service"];
  /** How it is configured, for whoever reads its results. */
  readonly configuration: string;
  /** The port that the fake has to listen on, where the gateway works with no other. */
  readonly upstreamPort?: number;
  readonly start: (surroundings: GatewaySurroundings) => Promise<StartedGateway>;
}

/** What came of a check, as it is kept: without what differs from run to run. */
export type KeptResult = Pick<GatewayCheckResult, "id" | "verdict" | "found" | "reason">;

/** What a gateway made of all checks, as it is kept. */
export interface GatewayVerdicts extends Omit<GatewaySetUp, "start" | "upstreamPort"> {
  /** The day of the run. */
  readonly date: string;
  readonly checks: readonly KeptResult[];
}
