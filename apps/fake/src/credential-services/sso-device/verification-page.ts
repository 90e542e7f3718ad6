import type { WireReply } from "../../terms/wire.ts";
import { attribute, type Content, html, type Markup } from "../../text/markup.ts";

/** What a page says, and which ways on it has. */
export interface VerificationPage {
  readonly status: number;
  readonly title: string;
  readonly content: Content;
}

const ENCODER = new TextEncoder();

/** Nothing is loaded, nothing runs, no other page shows this one in a frame. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Writes a page. It works without scripts.
 *
 * @returns The answer, as it goes over the wire.
 */
export function respondPage({ status, title, content }: VerificationPage): WireReply {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – fake of IAM Identity Center</title>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `;
  return {
    status,
    headers: [
      ["content-type", "text/html; charset=utf-8"],
      ["cache-control", "no-store"],
      ["content-security-policy", POLICY],
      ["x-content-type-options", "nosniff"],
    ],
    body: ENCODER.encode(page.text),
  };
}

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
    <p>
      <button name="decision" value="allow">Allow</button>
      <button name="decision" value="deny">Deny</button>
    </p>
  </form>`;
