import type { SsoException } from "../../terms/fault-details.ts";
import { type Fault, type FaultName, fault } from "../../terms/faults.ts";

/**
 * Refuses in the words of the access portal.
 *
 * @returns The fault, with the exception of the portal.
 */
export const ssoFault = (name: FaultName, status: number, exception: SsoException, message: string): Fault =>
  fault(name, message, { status, errorType: exception, details: { code: exception } });
