import { headerValue } from "@claude-on-aws/auth/sigv4";
import { type Fault, type FaultName, fault } from "../terms/faults.ts";
import { html, type Markup } from "../text/markup.ts";
import type { ServiceCheck, ServiceExchange } from "./service-exchange.ts";

/** What comes of each button. */
const DECISIONS: ReadonlyMap<string, "allowed" | "denied"> = new Map([
  ["allow", "allowed"],
  ["deny", "denied"],
]);

/** The two buttons of a form. */
export const DECISION_BUTTONS: Markup = html`<p>
  <button name="decision" value="allow">Allow</button>
  <button name="decision" value="deny">Deny</button>
</p>`;

/**
 * Reads which button was pressed.
 *
 * @returns `undefined` where none was.
 */
export const decisionOf = ({ parameters }: ServiceExchange): "allowed" | "denied" | undefined =>
  DECISIONS.get(parameters.get("decision") ?? "");

/**
 * Refuses on a page.
 *
 * @returns The fault; its message is the title of the page.
 */
export const refusePage = (name: FaultName, message: string, status = 400): Fault => fault(name, message, { status });

/** Whether a button was pressed. */
export const DECISION_CHECK: ServiceCheck = {
  name: "parameters",
  decisive: true,
  check: (exchange) =>
    decisionOf(exchange) === undefined ? refusePage("body-invalid", "Expected the decision allow or deny") : undefined,
};

/** Another page must not press the button; a command has no such header. */
export const ORIGIN_CHECK: ServiceCheck = {
  name: "not-forwarded",
  decisive: true,
  check: ({ request }) => {
    const site = headerValue(request.headers, "sec-fetch-site") ?? "none";
    if (site === "none" || site === "same-origin") return undefined;
    return refusePage("access-denied", "Another page asked this", 403);
  },
};
