import type { ScenarioFault } from "../../settings/scenario/scenario-fault.ts";
import { fault as refusal } from "../../terms/faults.ts";
import type { FaultChances } from "./chance.ts";
import type { Effect, FaultContext } from "./fault-kind.ts";
import { FAULT_KINDS, findFaultKind } from "./fault-kinds.ts";

/** A fault that struck. */
export interface Struck extends Effect {
  readonly kind: string;
}

/**
 * Lets the first fault strike that is due and can.
 *
 * @returns `undefined` where none does.
 */
export async function strike(
  faults: ScenarioFault | readonly ScenarioFault[],
  chances: FaultChances,
  context: FaultContext,
): Promise<Struck | undefined> {
  for (const fault of [faults].flat()) {
    // Counted before it is waited for: requests that come at the same time share what is left.
    if (!chances.take(fault)) continue;
    const effect = await strikeOne(fault, context);
    if (effect !== undefined) return { ...effect, kind: fault.kind };
    chances.giveBack(fault);
  }
  return undefined;
}

/**
 * Lets a fault strike, whatever chance says.
 *
 * @returns `undefined` where the exchange is none that it can strike.
 */
export function strikeOne(
  fault: ScenarioFault,
  context: FaultContext,
): Effect | undefined | Promise<Effect | undefined> {
  const kind = findFaultKind(fault.kind);
  // In code anything may stand where a file is read with care.
  if (kind === undefined) return cannot(`the fault "${fault.kind}"`, `one of ${Object.keys(FAULT_KINDS).join(", ")}`);
  if (context.exchange.inBatch === true && kind.level === "wire") return undefined;
  if (context.exchange.request.wire === "reconstructed" && kind.cannot?.includes("in process") === true) {
    return cannot(`the fault ${fault.kind} in process`, `${kind.instead}, or a fake that listens on a port`);
  }
  return kind.strike(fault as never, context);
}

const cannot = (what: string, expected: string): Effect => ({
  refusal: refusal("internal", `The scenario asks for ${what}, which cannot be done: expected ${expected}.`),
});
