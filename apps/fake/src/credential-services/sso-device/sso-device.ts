import type { FakeState } from "../../exchange/fake-state.ts";
import type { DeviceAuthorization } from "../../stores/sign-in/device-authorization.ts";
import type { Fault } from "../../terms/faults.ts";
import { html } from "../../text/markup.ts";
import { pageParameters } from "../page-parameters.ts";
import { DECISION_CHECK, decisionOf, ORIGIN_CHECK, refusePage } from "../page-decision.ts";
import type { CredentialService, ServiceCheck, ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { respondPage } from "../respond-page.ts";
import { CODE_FORM, decisionForm } from "./verification-page.ts";
import { VERIFICATION_PATH } from "./verification-uri.ts";

const userCodeOf = ({ parameters }: ServiceExchange): string => parameters.get("user_code")?.trim() ?? "";

const deviceOf = (exchange: ServiceExchange, { signIns }: FakeState): DeviceAuthorization | undefined =>
  signIns.findUserCode(userCodeOf(exchange));

function findCodeFault(exchange: ServiceExchange, state: FakeState): Fault | undefined {
  const device = deviceOf(exchange, state);
  if (device === undefined) return refusePage("resource-unknown", "No device shows this code");
  if (device.expiration <= exchange.receivedAt) return refusePage("credentials-expired", "This code has expired");
  return device.decision === "pending"
    ? undefined
    : refusePage("conflict", `This sign-in was already ${device.decision}`);
}

const CODE_CHECK: ServiceCheck = {
  name: "access",
  decisive: true,
  check: (exchange, _, state) => findCodeFault(exchange, state),
};

/** The page on which one types a code, or confirms the one of the link. */
const SHOW_VERIFICATION: ServiceOperation = {
  name: "ShowVerification",
  checks: [
    {
      ...CODE_CHECK,
      check: (exchange, _, state) => (userCodeOf(exchange) === "" ? undefined : findCodeFault(exchange, state)),
    },
  ],
  answer: (exchange, _, state) => {
    const device = deviceOf(exchange, state);
    return respondPage({
      status: 200,
      title: device === undefined ? "Sign in on a device" : "Allow this device?",
      content: device === undefined ? CODE_FORM : decisionForm(device.clientName, device.userCode),
    });
  },
};

/** What happens when one allows or denies. */
const CONFIRM_VERIFICATION: ServiceOperation = {
  name: "ConfirmVerification",
  checks: [ORIGIN_CHECK, DECISION_CHECK, CODE_CHECK],
  answer: (exchange, _, state) => {
    const [device, decision] = [deviceOf(exchange, state), decisionOf(exchange)];
    if (device === undefined || decision === undefined) throw new TypeError("Cannot confirm: the checks let it pass");
    device.decision = decision;
    const content = html`<p>You can close this page, and go back to <b>${device.clientName}</b>.</p>`;
    return respondPage({ status: 200, title: decision === "allowed" ? "Signed in" : "Denied", content });
  },
};

const OPERATIONS: Readonly<Record<string, ServiceOperation>> = {
  GET: SHOW_VERIFICATION,
  HEAD: SHOW_VERIFICATION,
  POST: CONFIRM_VERIFICATION,
};

const PATHS: ReadonlySet<string> = new Set(["/", VERIFICATION_PATH]);

/**
 * The page on which somebody confirms that a device may sign in.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.3 | RFC 8628, user interaction}
 */
export const SSO_DEVICE: CredentialService = {
  read: (request, path) => ({
    operation: PATHS.has(path) && Object.hasOwn(OPERATIONS, request.method) ? OPERATIONS[request.method] : undefined,
    parameters: pageParameters(request),
  }),
  respondFault: ({ status = 400, message }) => respondPage({ status, title: message, content: CODE_FORM }),
};
