/**
 * Headers that a proxy, or the client's own HTTP library, may change after
 * signing. AWS's own signer leaves out the same ones.
 *
 * @see {@link https://github.com/smithy-lang/smithy-typescript/tree/main/packages/signature-v4 | @smithy/signature-v4 5.7.5}
 */
const UNSIGNABLE: ReadonlySet<string> = new Set([
  "authorization",
  "cache-control",
  "connection",
  "expect",
  "from",
  "keep-alive",
  "max-forwards",
  "pragma",
  "referer",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-amzn-trace-id",
]);

/**
 * Says whether a header stays out of the signature.
 *
 * @param name The header's name in lower case.
 * @returns Whether AWS's signer leaves it out.
 */
export function isUnsignable(name: string): boolean {
  const pseudo = name.startsWith(":") && name !== ":authority";
  return pseudo || UNSIGNABLE.has(name) || name.startsWith("proxy-") || name.startsWith("sec-");
}
