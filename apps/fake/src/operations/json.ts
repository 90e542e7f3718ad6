import type { Exchange } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { Behaviour } from "../exchange/operation.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { type Fault, isFault } from "../terms/faults.ts";

type Make = (exchange: Exchange, settings: FakeSettings, state: FakeState) => object | Fault;

/**
 * Makes a behaviour that answers an object as JSON, or refuses.
 *
 * @returns A behaviour for the table of operations.
 */
export const json =
  (make: Make): Behaviour =>
  (exchange, settings, state) => {
    const value = make(exchange, settings, state);
    return isFault(value) ? value : { kind: "json", value };
  };
