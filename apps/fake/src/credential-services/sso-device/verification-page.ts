import { DECISION_BUTTONS } from "../page-decision.ts";
import { attribute, html, type Markup } from "../../text/markup.ts";

/** A form in which to type the code that the device shows. */
export const CODE_FORM: Markup = html`<form method="get">
  <p>
    <label>Code that your device shows: <input name="user_code" autocomplete="off" required /></label>
    <button>Next</button>
  </p>
</form>`;

/**
 * Asks to allow or deny.
 *
 * @returns What the client calls itself, the code to compare, and two buttons.
 */
export const decisionForm = (clientName: string, userCode: string): Markup =>
  html`<form method="post">
    <p>
      <b>${clientName}</b> wants to sign in. Allow it only if you started it, and if it shows the code
      <b>${userCode}</b>.
    </p>
    <input type="hidden" name="user_code" value="${attribute(userCode)}" />
    ${DECISION_BUTTONS}
  </form>`;
