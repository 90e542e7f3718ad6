import type { CredentialScope } from "../sigv4/credential-scope.ts";
import type { DiagnosisCode } from "./codes.ts";

/** Everything that a signature depends on, each part as the signer may have written it. */
export interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in the order of the canonical header lines. */
  readonly lineNames: readonly string[];
  /** Names as they stand in the canonical list. */
  readonly listedNames: readonly string[];
  readonly payloadHash: string;
  readonly secret: string;
  /** What the key is derived for. */
  readonly keyScope: CredentialScope;
  /** What stands in the string to sign. */
  readonly textScope: CredentialScope;
}

/** A mistake, with what is known about this case of it. */
export interface FoundMistake {
  readonly code: DiagnosisCode;
  /** The header that it concerns. */
  readonly header?: string | undefined;
  /** What was signed in place of what was received. */
  readonly signed?: string | undefined;
  readonly received?: string | undefined;
}

/** What an alternative replaces. */
type Slot = "method" | "path" | "query" | "host" | "space" | "payload" | "scope" | "secret" | `header ${string}`;

/** One part as another signer would have written it. */
export interface Alternative {
  /** What it replaces; two alternatives of one slot exclude each other. */
  readonly slot: Slot;
  readonly change: Partial<Parts>;
  /** What whoever signed so did wrong: one mistake, or two of one slot. */
  readonly mistakes: readonly FoundMistake[];
  /** The likelier, the lower: 1 for the usual forms. */
  readonly cost: number;
}
