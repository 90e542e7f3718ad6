import { anyObject, objectOf, oneOf, type Reader, refuse, text } from "../../input/read-json.ts";
import { FAULT_KINDS } from "../faults/fault-kinds.ts";
import { CHANCE } from "../faults/parameters.ts";

const kindName = oneOf(Object.keys(FAULT_KINDS));

/** What a fault of each kind is made of. */
const READERS: Readonly<Record<string, Reader>> = Object.fromEntries(
  Object.entries(FAULT_KINDS).map(([kind, { parameters }]) => [
    kind,
    objectOf({
      kind: text,
      ...Object.fromEntries(Object.entries({ ...CHANCE, ...parameters }).map(([name, { read }]) => [name, read])),
    }),
  ]),
);

const one: Reader = (value, path) => {
  anyObject(value, path);
  const { kind, afterEvents, afterBytes } = value as Readonly<Record<string, unknown>>;
  kindName(kind, `${path}.kind`);
  READERS[String(kind)]?.(value, path);
  if (afterEvents !== undefined && afterBytes !== undefined) {
    refuse(value, path, "one place", "keep one of afterEvents and afterBytes");
  }
};

/**
 * Reads what goes wrong: a fault, or a list of which the first that is due strikes.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const fault: Reader = (value, path) => {
  if (!Array.isArray(value)) return one(value, path);
  if (value.length === 0) refuse(value, path, "an array that is not empty", "leave it out where nothing goes wrong");
  for (const [index, item] of value.entries()) one(item, `${path}[${index}]`);
};
