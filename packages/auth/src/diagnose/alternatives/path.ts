import { encodeUriComponent } from "../../sigv4/encode-uri-component.ts";
import type { DiagnosisCode } from "../codes.ts";
import { pathChange } from "../once.ts";
import type { Alternative } from "../parts.ts";

const encodeSegments = (path: string): string => path.split("/").map(encodeUriComponent).join("/");

/** Each way to encode: what it is called where it is not the right one. */
const ENCODINGS: readonly (readonly [code: DiagnosisCode | undefined, encode: (path: string) => string])[] = [
  [undefined, encodeSegments],
  ["PATH_ENCODED_ONCE", (path) => path],
  ["PATH_ENCODED_THRICE", (path) => encodeSegments(encodeSegments(path))],
];

/** Each way to normalize. */
const NORMALIZATIONS: readonly (readonly [code: DiagnosisCode | undefined, normalize: (path: string) => string])[] = [
  [undefined, (path) => normalizePath(path, { empty: true, dots: true })],
  ["PATH_NOT_NORMALIZED", (path) => path],
  ["PATH_NOT_NORMALIZED", (path) => normalizePath(path, { empty: true, dots: false })],
  ["PATH_NOT_NORMALIZED", (path) => normalizePath(path, { empty: false, dots: true })],
  ["PATH_NOT_NORMALIZED", normalizeAsUri],
];

/**
 * Every encoding of every normalization but the right one of the right one.
 *
 * @param path The path as received.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function pathAlternatives(path: string): readonly Alternative[] {
  return NORMALIZATIONS.flatMap(([normalCode, normalize]) =>
    ENCODINGS.map(([encodingCode, encode]): Alternative => {
      const mistakes = [encodingCode, normalCode].filter((code) => code !== undefined).map((code) => ({ code }));
      return { slot: "path", change: pathChange(() => encode(normalize(path))), mistakes, cost: mistakes.length };
    }),
  );
}

function normalizePath(path: string, remove: { readonly empty: boolean; readonly dots: boolean }): string {
  const given = path.split("/").slice(1);
  const last = given.at(-1) ?? "";
  const kept: string[] = [];
  given.forEach((segment, index) => {
    const isLast = index === given.length - 1;
    if (remove.dots && segment === "..") kept.pop();
    else if (remove.dots && segment === ".") return;
    else if (segment === "" && (remove.empty || isLast)) return;
    else kept.push(segment);
  });
  return `/${kept.join("/")}${kept.length > 0 && last === "" ? "/" : ""}`;
}

/**
 * As a URI is normalized: a dot segment at the end leaves a slash.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 | RFC 3986, section 5.2.4}
 */
function normalizeAsUri(path: string): string {
  const normalized = normalizePath(path, { empty: true, dots: true });
  return /\/\.{1,2}$/.test(path) && normalized !== "/" ? `${normalized}/` : normalized;
}
