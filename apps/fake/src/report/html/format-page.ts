import { createHash } from "node:crypto";
import type { ListedExchange } from "./exchange-item.ts";
import { attribute, html, Markup } from "../../text/markup.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";
import { noun } from "./summary-section.ts";

/** What differs from page to page. */
export interface PageParts {
  readonly title: string;
  readonly main: Markup;
  /** What a reader without a mouse wants to get to. */
  readonly first: ListedExchange | undefined;
  readonly generatedAt: Date;
}

/** An element whose content is ours, byte for byte what its hash in the policy is made of. */
const element = (name: "style" | "script", text: string): Markup => new Markup(`<${name}>${text}</${name}>`);

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * Writes the page around its content: policy, style, script, landmarks.
 *
 * @returns The whole document.
 */
export function formatPage({ title, main, first, generatedAt }: PageParts): string {
  const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const skips = [
    first && html`<a class="skip" href="#x${first.place}">Skip to the first ${noun(first)}</a>`,
    html`<a class="skip" href="#summary">Skip to the summary</a>`,
  ];
  const time = generatedAt.toISOString();
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} – conformance report</title>
        <link rel="icon" href="data:," />
        ${element("style", STYLE)}
      </head>
      <body>
        <nav aria-label="Skip to">${skips}</nav>
        <header>
          <h1>Conformance report</h1>
          <p>
            What clients sent to the fake of Claude on AWS ·
            <time datetime="${time}">${time.slice(0, 19).replace("T", " ")} UTC</time>
          </p>
        </header>
        <main>${main}</main>
        <footer>
          <p>
            What may be a secret was taken out before this page was written: ‹32 characters #a1b2› has a tag that is the
            same for the same value. It loads nothing.
          </p>
        </footer>
        ${element("script", SCRIPT)}
      </body>
    </html> `.text;
}
