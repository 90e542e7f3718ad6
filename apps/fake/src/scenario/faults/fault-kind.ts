import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { Exchange } from "../../exchange/exchange.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FrameChange, Reply } from "../../exchange/reply.ts";
import type { Reader } from "../../input/read-json.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ScenarioFault, ScenarioFaultKind } from "../../settings/scenario/scenario-fault.ts";
import type { Fault } from "../../terms/faults.ts";
import type { WireReply } from "../../terms/wire.ts";
import type { Held } from "./held.ts";

/** Where in a reply a fault lies. */
export type FaultLevel = "wire" | "frame" | "service";

/** Which replies a fault can strike. */
export type FaultFit =
  | "every reply"
  | "streams"
  | "event streams"
  | "signed requests"
  | "requests of Claude Platform on AWS";

/** Where a fake cannot do what a fault asks for: without a socket, and in TLS on Deno, which has no RST there. */
export type FaultPlaceName = "in process" | "in TLS on Deno";

/** A parameter of a fault. */
export interface FaultParameter {
  readonly read: Reader;
  /** What it says, and what holds where it is left out. */
  readonly does: string;
}

/** What a fault does to an exchange. */
export interface Effect {
  /** What is refused, in place of a reply. */
  readonly refusal?: Fault | undefined;
  /** Why the signature would be wrong. */
  readonly diagnosis?: readonly Mistake[] | undefined;
  /** What is answered in place of the reply. */
  readonly reply?: Reply | undefined;
  /** What is wrong with the frames of a stream. */
  readonly change?: FrameChange | undefined;
  /** Changes what goes over the wire. */
  readonly onWire?: ((reply: WireReply) => WireReply) | undefined;
}

/** What a fault meets. */
export interface FaultContext {
  readonly exchange: Exchange;
  readonly settings: FakeSettings;
  readonly state: FakeState;
  /** What waits until its client leaves or the fake is reset. */
  readonly held: Held;
}

/** One kind of fault. */
export interface FaultKind<Kind extends ScenarioFaultKind = ScenarioFaultKind> {
  readonly level: FaultLevel;
  /** What happens, in one sentence. */
  readonly does: string;
  /** Parameters beside those that every fault has. */
  readonly parameters: Readonly<Record<string, FaultParameter>>;
  readonly fits: FaultFit;
  readonly cannot?: readonly FaultPlaceName[];
  /** What to ask for where it cannot be done. */
  readonly instead?: ScenarioFaultKind;
  /** Where the behaviour is written down. */
  readonly source: string;
  /**
   * Strikes.
   *
   * @returns What it does; `undefined` where the exchange is none that it can strike.
   */
  readonly strike: (
    fault: Extract<ScenarioFault, { readonly kind: Kind }>,
    context: FaultContext,
  ) => Effect | undefined | Promise<Effect | undefined>;
}

/** Kinds by their names. */
export type FaultKinds<Kind extends ScenarioFaultKind> = { readonly [Name in Kind]: FaultKind<Name> };
