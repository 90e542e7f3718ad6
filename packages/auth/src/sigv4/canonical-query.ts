import { encodeUriComponent } from "./encode-uri-component.ts";

/**
 * Brings a query, as it is on the wire, to its canonical form: each name and
 * value in one normal percent-encoding, sorted by name, then by value. A name
 * without `=` gets one.
 *
 * @param query What follows the `?`, without it.
 * @param leaveOut Name of a parameter that is not part of it: `X-Amz-Signature` in a presigned URL.
 * @returns The canonical query.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function canonicalQuery(query: string, leaveOut?: string): string {
  if (query === "") return "";
  const parameters: [name: string, value: string][] = [];
  for (const parameter of query.split("&")) {
    if (parameter === "") continue;
    const equals = parameter.indexOf("=");
    const name = normalize(equals < 0 ? parameter : parameter.slice(0, equals));
    if (name !== leaveOut) parameters.push([name, equals < 0 ? "" : normalize(parameter.slice(equals + 1))]);
  }
  // By code unit: what is left is ASCII, and no locale may change the order.
  parameters.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return parameters.map(([name, value]) => `${name}=${value}`).join("&");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A `%` that starts no valid sequence stands for itself. */
function normalize(text: string): string {
  // Most names and values are in normal form already.
  if (/^[A-Za-z0-9._~-]*$/.test(text)) return text;
  return text.replace(/%[0-9A-Fa-f]{2}|[^%]+|%/g, (part) => {
    if (part.length !== 3 || part[0] !== "%") return encodeUriComponent(part);
    const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : part.toUpperCase();
  });
}
