import { canonicalPath } from "../../sigv4/canonical-path.ts";
import { encodeUriComponent } from "../../sigv4/encode-uri-component.ts";
import type { DiagnosisCode } from "../codes.ts";
import type { Alternative } from "../parts.ts";

/** How another hop may have written each segment of the same path. */
const RECODINGS: readonly ((path: string) => string)[] = [
  (path) => path.split("/").map(decode).map(encodeUriComponent).join("/"),
  (path) => path.split("/").map(encodeUriComponent).join("/"),
  decode,
  (path) => changeHexCase(path, (hex) => hex.toUpperCase()),
  (path) => changeHexCase(path, (hex) => hex.toLowerCase()),
];

/** An ARN whose slash stands in the path as one. */
const SPLIT_ARN = /\/(arn(?::|%3a)[^/]*)\/([^/]+)(?=\/|$)/i;

/** How an ARN in one segment may have been written. */
const ARN_SPELLINGS: readonly ((type: string, id: string) => string)[] = [
  (type, id) => `${type}%2F${id}`,
  (type, id) => `${type}%2f${id}`,
  (type, id) => encodeUriComponent(decode(`${type}/${id}`)),
  (type, id) => `${decode(type)}%2F${id}`,
  (type, id) => `${encodeUriComponent(decode(type))}%2f${id}`.replaceAll("%3A", "%3a"),
];

/** How a signer writes a path that it has decoded first. */
const DECODED: readonly ((path: string) => string)[] = [
  (path) => canonicalPath(decode(path)),
  decode,
  (path) => path.split("/").map(decode).map(encodeUriComponent).join("/"),
];

/**
 * The path as it may have been on the wire before a hop decoded or encoded it, and as a signer writes it that decodes
 * it.
 *
 * @param path The path as received.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function recodedPathAlternatives(path: string): readonly Alternative[] {
  const found: Alternative[] = [];
  const add = (signed: string, codes: readonly DiagnosisCode[], cost: number): void => {
    const mistakes = codes.map((code) => ({ code, signed, received: path }));
    found.push({ slot: "path", change: { path: signed }, mistakes, cost });
  };
  for (const spell of ARN_SPELLINGS) {
    const whole = path.replace(SPLIT_ARN, (_, type: string, id: string) => `/${spell(type, id)}`);
    if (whole === path) break;
    add(canonicalPath(whole), ["PATH_RECODED"], 1);
    add(whole, ["PATH_RECODED", "PATH_ENCODED_ONCE"], 2);
  }
  // A signer that decodes the path comes before a hop that encodes it: the two look the same.
  for (const written of DECODED.map((write) => write(path))) {
    if (written !== path) add(written, ["PATH_SIGNED_DECODED"], 2);
  }
  for (const recode of RECODINGS) add(canonicalPath(recode(path)), ["PATH_RECODED"], 2);
  return found;
}

const changeHexCase = (path: string, change: (hex: string) => string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (sequence) => change(sequence));

/** A percent sign that encodes nothing. */
const STRAY_PERCENT = /%(?![\da-f]{2})/i;

/** Decodes what can be decoded. */
function decode(text: string): string {
  // Thousands of segments may have one, and an error takes long to make.
  if (STRAY_PERCENT.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
