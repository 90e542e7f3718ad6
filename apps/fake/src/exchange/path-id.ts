import type { Exchange } from "./exchange.ts";
import { decodeSegment } from "../text/decode-segment.ts";

/**
 * Reads the identifier in the path of a request.
 *
 * @returns Decoded; as it was sent where it cannot be.
 */
export const pathId = ({ route }: { readonly route: Pick<Exchange["route"], "parameters"> }, name = "id"): string =>
  decodeSegment(route.parameters[name] ?? "");
