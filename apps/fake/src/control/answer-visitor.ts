import { createHash } from "node:crypto";
import type { RequestHead } from "@claude-on-aws/listen";
import { hostOf } from "../exchange/host-of.ts";
import { attribute, html, Markup } from "../text/markup.ts";
import { authenticationKind } from "../terms/authentication-kind.ts";
import { isImpersonated } from "../terms/is-impersonated.ts";
import type { WireReply } from "../terms/wire.ts";
import { text } from "./control-reply.ts";

/** What a browser asks for by itself. */
const ICON = "/favicon.ico";

/**
 * Answers whoever asks, without saying who, for the root of this server: a tool that waits until it listens, or somebody
 * with a browser. No client of Claude does, so it is no exchange.
 *
 * @returns `undefined` for every other request, and for one to a host of AWS, which has no such page.
 */
export function answerVisitor(head: RequestHead): WireReply | undefined {
  const { method, target } = head;
  if (target !== "/" && target !== ICON) return undefined;
  if ((method !== "GET" && method !== "HEAD") || authenticationKind(head) !== "none") return undefined;
  if (isImpersonated(hostOf(head).replace(/:\d{1,5}$/, ""))) return undefined;
  return target === ICON ? text(204, "image/x-icon", "") : frontPage();
}

const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f8; --text: #1a1f26; --quiet: #545d68; --link: #0a53b8; }
@media (prefers-color-scheme: dark) { :root { --page: #101317; --text: #e3e7eb; --quiet: #a0aab5; --link: #8bb9f9; } }
body { margin: 0 auto; padding: 2rem 1.5rem; max-width: 44rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; }
ul { padding-left: 1.25rem; }
a { color: var(--link); }
code { font: 0.9em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
footer { color: var(--quiet); font-size: 0.875rem; }
`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Where to go from here, and what is there. */
const PLACES: readonly (readonly [href: string, title: string, what: string])[] = [
  ["/_fake/report?format=html", "The report", "how each client did by each rule, with its exchanges"],
  ["/_fake/journal", "The journal", "the last exchanges, what was verified, and what was wrong, as JSON"],
  ["/_fake/rules", "The rules", "and who demands each, as JSON"],
];

/** Written once: nothing on it is of this server alone. */
const PAGE: string = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>A fake of Claude on AWS</title>
      <link rel="icon" href="data:," />
      ${new Markup(`<style>${STYLE}</style>`)}
    </head>
    <body>
      <main>
        <h1>A fake of Claude on AWS</h1>
        <p>
          This server stands in for Claude Platform on AWS and Amazon Bedrock. It verifies every request as AWS would,
          and answers in the words of the service; no model is asked, and nothing leaves this machine.
        </p>
        <ul>
          ${PLACES.map(([href, title, what]) => html`<li><a href="${attribute(href)}">${title}</a>: ${what}</li>`)}
        </ul>
        <p>
          Clients find it by their base URLs: whoever started it with <code>claude-on-aws fake</code> was shown the
          variables.
        </p>
      </main>
      <footer><p>This page is no exchange: it does not stand in the journal.</p></footer>
    </body>
  </html> `.text;

function frontPage(): WireReply {
  const reply = text(200, "text/html; charset=utf-8", PAGE);
  return { ...reply, headers: [...reply.headers, ["content-security-policy", POLICY]] };
}
