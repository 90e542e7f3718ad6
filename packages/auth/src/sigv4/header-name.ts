import { createBoundedCache } from "./bounded-cache.ts";
import { isUnsignable } from "./unsignable-headers.ts";

/** What a signer does with a header, by its name. */
export interface HeaderName {
  readonly lower: string;
  /** `replaced`: the signer writes it anew. `unsignable`: sent, but signed only if asked for. */
  readonly role: "signable" | "unsignable" | "replaced" | "host" | "authority";
  /** Whether it must be signed, whatever the caller lists. */
  readonly isAmz: boolean;
}

/** What a signature replaces. */
const REPLACED: ReadonlySet<string> = new Set([
  "authorization",
  "x-amz-date",
  "x-amz-security-token",
  "x-amz-content-sha256",
]);

function classify(name: string): HeaderName {
  const lower = name.toLowerCase();
  return { lower, role: roleOf(lower), isAmz: lower.startsWith("x-amz-") };
}

function roleOf(lower: string): HeaderName["role"] {
  if (lower === "host") return "host";
  if (lower === ":authority") return "authority";
  if (REPLACED.has(lower)) return "replaced";
  return isUnsignable(lower) ? "unsignable" : "signable";
}

// Names repeat from request to request, so their lower case and their role are looked up rather than worked out.
const names = /* @__PURE__ */ createBoundedCache(classify, { maxEntries: 512, maxTextLength: 64 });

/**
 * Classifies a header's name.
 *
 * @param name The name, in whatever case it was sent.
 * @returns Its lower case, and what a signer does with it.
 */
export const headerName: (name: string) => HeaderName = /* @__PURE__ */ (() => names.get)();
