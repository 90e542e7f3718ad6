import type { Exchange } from "../exchange.ts";

/** The identifier in the path of a request, decoded; as it was sent where it cannot be. */
export function pathId({ route }: { readonly route: Pick<Exchange["route"], "parameters"> }, name = "id"): string {
  const segment = route.parameters[name] ?? "";
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
