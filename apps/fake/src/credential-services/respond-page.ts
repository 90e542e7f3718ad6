import type { WireReply } from "../terms/wire.ts";
import { type Content, html } from "../text/markup.ts";

/** What a page says, and which ways on it has. */
export interface Page {
  readonly status: number;
  readonly title: string;
  readonly content: Content;
  /** Where a form may lead besides to the page itself: the origin of a URL. */
  readonly leadsTo?: string | undefined;
}

const ENCODER = new TextEncoder();

/** Nothing is loaded, nothing runs, no other page shows this one in a frame. */
const POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/**
 * Writes a page. It works without scripts.
 *
 * @returns The answer, as it goes over the wire.
 */
export function respondPage({ status, title, content, leadsTo }: Page): WireReply {
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
      ["content-security-policy", leadsTo === undefined ? POLICY : `${POLICY} ${leadsTo}`],
      ["x-content-type-options", "nosniff"],
    ],
    body: ENCODER.encode(page.text),
  };
}
