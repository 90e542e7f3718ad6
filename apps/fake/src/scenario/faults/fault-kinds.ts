import type { ScenarioFaultKind } from "../../settings/scenario/scenario-fault.ts";
import type { FaultKind, FaultKinds } from "./fault-kind.ts";
import { FRAME_FAULTS } from "./frame-faults.ts";
import { SERVICE_FAULTS } from "./service-faults.ts";
import { WIRE_FAULTS } from "./wire-faults.ts";

/**
 * Everything that can go wrong on purpose, by name.
 *
 * @example What a reset needs
 * ```ts
 * import { FAULT_KINDS } from "@claude-on-aws/fake";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(FAULT_KINDS.reset.cannot, ["in process", "in TLS on Deno"]);
 * ```
 */
export const FAULT_KINDS: FaultKinds<ScenarioFaultKind> = { ...WIRE_FAULTS, ...FRAME_FAULTS, ...SERVICE_FAULTS };

/**
 * Finds a kind of fault by its name.
 *
 * @returns `undefined` where there is none.
 */
export const findFaultKind = (name: unknown): FaultKind | undefined =>
  typeof name === "string" && Object.hasOwn(FAULT_KINDS, name)
    ? (FAULT_KINDS[name as ScenarioFaultKind] as unknown as FaultKind)
    : undefined;
