import {
  described,
  needObject,
  objectOf,
  oneOf,
  oneOrMore,
  type Reader,
  refuse,
  withSchema,
} from "../../input/read-json.ts";
import { FAULT_KINDS } from "../faults/fault-kinds.ts";
import { CHANCE } from "../faults/parameters.ts";

const kindName = oneOf(Object.keys(FAULT_KINDS));

/** What a fault of each kind is made of. */
const READERS: ReadonlyMap<string, Reader> = new Map(
  Object.entries(FAULT_KINDS).map(([kind, { does: what, parameters }]) => [
    kind,
    objectOf(
      {
        kind: described(what, withSchema({ const: kind }, kindName)),
        ...Object.fromEntries(
          Object.entries({ ...CHANCE, ...parameters }).map(([name, { read, does: words }]) => [
            name,
            described(words, read),
          ]),
        ),
      },
      ["kind"],
    ),
  ]),
);

const one: Reader = withSchema({ anyOf: [...READERS.values()].map(({ schema }) => schema) }, (value, path) => {
  needObject(value, path, "kind");
  const { kind, afterEvents, afterBytes } = value as Readonly<Record<string, unknown>>;
  kindName(kind, `${path}.kind`);
  READERS.get(String(kind))?.(value, path);
  if (afterEvents !== undefined && afterBytes !== undefined) {
    refuse(value, path, "one place", "keep one of afterEvents and afterBytes");
  }
});

/**
 * Reads what goes wrong: a fault, or a list of which the first that is due strikes.
 *
 * @throws {FakeError} `SCENARIO_KEY`, `SCENARIO_VALUE` where it does not fit.
 */
export const fault: Reader = oneOrMore(one);
