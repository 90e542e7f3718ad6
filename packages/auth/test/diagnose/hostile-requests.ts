import type { WireRequest } from "../../src/sigv4/index.ts";

const list = <Value>(n: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: n }, (_, at) => make(at));

const request = (target: string, headers: readonly (readonly [string, string])[] = []): WireRequest => ({
  method: "GET",
  target,
  headers: [["host", "127.0.0.1"], ...headers],
  httpVersion: "1.1",
  body: new Uint8Array(),
});
const header = (name: string, value: string): WireRequest => request("/v1/models", [[name, value]]);

/** Requests of which one part is long, by what grows with `n` in them: whoever looks for a mistake in them has much to try. */
export const HOSTILE_REQUESTS: Readonly<Record<string, (n: number) => WireRequest>> = {
  "parameters of a query": (n) => request(`/v1/models?${list(n, (at) => `p${at}=%2${at % 10}`).join("&")}`),
  "parameters without a name": (n) => request(`/v1/models?${"a&".repeat(n)}`),
  "signed headers": (n) =>
    request(
      "/v1/models",
      list(n, (at) => [`x-h${at}`, `v ${at}`]),
    ),
  "signed headers of one name": (n) =>
    request(
      "/v1/models",
      list(n, (at) => ["x-h", `v ${at}`]),
    ),
  "items of a list": (n) => header("accept", "a, ".repeat(n)),
  "items that may be two headers": (n) => header("x-h", "a, ".repeat(n)),
  "hops of a forwarding header": (n) => header("x-forwarded-for", "a, ".repeat(n)),
  "slashes of a path": (n) => request(`${"/".repeat(n)}x`),
  "slashes of the original path": (n) => header("x-original-uri", `${"/".repeat(n)}x`),
  "dots of a path": (n) => request("/a/..".repeat(n)),
  "ARNs in a path": (n) => request(`${"/arn:a".repeat(n)}/`),
  "percent signs of a path": (n) => request("/%".repeat(n)),
  "spaces of a value": (n) => header("x-h", `${" ".repeat(n)}a${" ".repeat(n)}b`),
  "brackets of a value": (n) => header("x-h", `${"]".repeat(n)}b`),
  "letters of a value": (n) => header("x-h", "a".repeat(n)),
};
