import type { SsoException } from "../../terms/fault-details.ts";
import { type Fault, type FaultName, fault } from "../../terms/faults.ts";

/**
 * The refusals of the access portal, with their statuses.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html | Errors of GetRoleCredentials}
 */
export const SSO_REFUSALS: Readonly<Record<SsoException, number>> = {
  InvalidRequestException: 400,
  UnauthorizedException: 401,
  ForbiddenException: 403,
};

/**
 * Refuses in the words of the access portal.
 *
 * @returns The fault, with the exception of the portal.
 */
export const ssoFault = (name: FaultName, exception: SsoException, message: string): Fault =>
  fault(name, message, { status: SSO_REFUSALS[exception], errorType: exception, details: { code: exception } });
