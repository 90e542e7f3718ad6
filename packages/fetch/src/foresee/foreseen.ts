import type { RefusedCode } from "./refusals.ts";

/** Something for which a service refuses the request. */
export interface Foreseen {
  readonly code: RefusedCode;
  readonly message: string;
  readonly fix: string;
}
