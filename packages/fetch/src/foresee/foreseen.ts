import type { RequestProblem } from "../describe-request-problem.ts";
import type { RefusedCode } from "./refusals.ts";

/** Something for which a service refuses the request. */
export type Foreseen = RequestProblem<RefusedCode>;
