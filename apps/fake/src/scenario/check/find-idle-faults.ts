import type { Operation } from "../../exchange/operation.ts";
import { isEventStreamForm, isStreamForm } from "../../exchange/reply.ts";
import { OPERATIONS } from "../../operations/operations.ts";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import { FAULT_KINDS } from "../faults/fault-kinds.ts";
import type { FaultFit } from "../faults/fault-kind.ts";
import { MESSAGE_OPERATIONS } from "../read/message-operations.ts";
import type { UnreachableRow } from "./find-unreachable.ts";

const formOf = ({ built }: Operation): NonNullable<Operation["built"]>["form"] => built?.form;

/** Whether a fault can strike a request of an operation; a body may ask CreateMessage for a stream. */
const CAN_STRIKE: Readonly<Record<FaultFit, (operation: Operation) => boolean>> = {
  "every reply": () => true,
  "signed requests": () => true,
  streams: (operation) => formOf(operation) === "message" || isStreamForm(formOf(operation)),
  "event streams": (operation) => isEventStreamForm(formOf(operation)),
  "requests of Claude Platform on AWS": ({ provider }) => provider === "anthropic-aws",
};

/**
 * Finds the faults that strike no request of their row: those of a stream where none is asked for, and the like.
 *
 * @param rows The rows in the order in which they are asked.
 * @returns At most one for each row.
 */
export const findIdleFaults = (rows: readonly ScenarioRow[]): UnreachableRow[] =>
  rows.flatMap(({ when, fault }, index) => {
    const wanted = when?.operation === undefined ? MESSAGE_OPERATIONS : [when.operation].flat();
    const asked = OPERATIONS.filter(
      ({ name, provider }) => wanted.includes(name) && (when?.provider === undefined || provider === when.provider),
    );
    if (fault === undefined || asked.length === 0) return [];
    const faults = [fault].flat();
    const at = faults.findIndex(({ kind }) => !asked.some(CAN_STRIKE[FAULT_KINDS[kind].fits]));
    const kind = faults[at]?.kind;
    if (kind === undefined) return [];
    return [
      {
        index,
        path: Array.isArray(fault) ? `fault[${at}].kind` : "fault.kind",
        found: `${kind}, which strikes ${FAULT_KINDS[kind].fits}, beside ${namesOf(asked)}`,
        expected: "a fault that can strike what the row is about",
        fix: "choose another fault, or let the row be about other requests",
      },
    ];
  });

const namesOf = (operations: readonly Operation[]): string =>
  [...new Set(operations.map(({ name, provider }) => `${name} of ${provider}`))].join(", ");
