import type { SearchLimit } from "./search.ts";

/** What a signature depends on and nobody but the signer knows. */
export type OpenQuestionCode = "BODY" | "HEADERS" | "HOST" | "PAIRS" | "PATH" | "SECRET" | "SIZE";

/** A cause that cannot be excluded, and what would decide. */
export interface OpenQuestion {
  /** Stable name of what is open. */
  readonly code: OpenQuestionCode;
  /** What may have happened. */
  readonly message: string;
  /** What would decide. */
  readonly decide: string;
}

/** What is known where no mistake explains a signature. */
export interface KnownOfMismatch {
  /** Whether the hash of the body that was received is among the signed headers, so that the body is the one that was signed. */
  readonly provesBody: boolean;
  /** Whether the body is left out of the signature. */
  readonly leavesBodyOut: boolean;
  /** Lower-case names of the signed headers that somebody on the way may change. */
  readonly changeable: readonly string[];
  /** What ended the search before everything was tried. */
  readonly endedBy: SearchLimit | undefined;
}

interface OpenQuestionRow extends OpenQuestion {
  readonly isOpen: (known: KnownOfMismatch) => boolean;
}

const ROWS: readonly OpenQuestionRow[] = [
  {
    code: "SECRET",
    isOpen: () => true,
    message: "another secret access key altogether",
    decide: "where the client's canonical request is the same as the one expected, it is the secret",
  },
  {
    code: "BODY",
    isOpen: ({ provesBody, leavesBodyOut }) => !provesBody && !leavesBodyOut,
    message: "a body that was changed after signing, since no hash of this body was signed",
    decide:
      "compare the SHA-256 in the last line of the client's canonical request, or let the client send and sign x-amz-content-sha256",
  },
  {
    code: "HOST",
    isOpen: () => true,
    message: "a host that is not known here",
    decide: "compare the host line of the client's canonical request",
  },
  {
    code: "PATH",
    isOpen: () => true,
    message: "a path that was rewritten, or a prefix that is not known here",
    decide: "compare the second line of the client's canonical request",
  },
  {
    code: "HEADERS",
    isOpen: ({ changeable }) => changeable.length > 0,
    message: "a value of a signed header that was changed on the way",
    decide: "compare the header lines of the client's canonical request",
  },
  {
    code: "PAIRS",
    isOpen: ({ endedBy }) => endedBy === "candidates",
    message: "two mistakes at once, of which not all pairs were tried",
    decide: "look for more of them with a higher limit of candidates",
  },
  {
    code: "SIZE",
    isOpen: ({ endedBy }) => endedBy === "bytes",
    message: "one of the known mistakes, of which not all were tried because the request is so large",
    decide: "look for more of them with a higher limit of candidates, or sign fewer headers and a shorter query",
  },
];

/**
 * Lists what cannot be excluded where none of the known mistakes explains a signature.
 *
 * @param known What is known of the request.
 * @returns The causes that stay open, the likeliest first.
 */
export function openQuestions(known: KnownOfMismatch): readonly OpenQuestion[] {
  return ROWS.filter(({ isOpen }) => isOpen(known)).map(({ code, message, decide }) => {
    const names = code === "HEADERS" ? ` (${known.changeable.slice(0, MAX_NAMES).join(", ")})` : "";
    return { code, message: `${message}${names}`, decide };
  });
}

/** How many headers are named. */
const MAX_NAMES = 8;
