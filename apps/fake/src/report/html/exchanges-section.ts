import type { Report } from "../report.ts";
import { exchangeItem, type ListedExchange } from "./exchange-item.ts";
import { exchangeOutcome } from "./exchange-outcome.ts";
import { attribute, formatCount, html, type Markup } from "../../text/markup.ts";

/**
 * Shows the list of exchanges, and what chooses among them.
 *
 * @returns `undefined` where there is none.
 */
export function exchangesSection({ exchanges }: Report, listed: readonly ListedExchange[]): Markup | undefined {
  if (listed.length === 0) return undefined;
  const detailed = listed.filter(({ detail }) => detail !== undefined).length;
  const full =
    detailed < listed.length
      ? `, ${formatCount(detailed)} of them in full: failures first, then warnings. Of the others there is one line`
      : "";
  return html`<section class="exchanges" aria-labelledby="exchanges">
    <h2 id="exchanges" tabindex="-1">Exchanges</h2>
    <p class="note">
      ${formatCount(listed.length)} of ${formatCount(exchanges)} ${exchanges === 1 ? "exchange" : "exchanges"}${full}.
      Times are in UTC, of ${days(listed)}.
    </p>
    ${filter(listed)}
    <div class="list">${chunks(listed)}</div>
  </section>`;
}

/** How many exchanges stand in one list: a browser leaves the lists alone that are out of sight. */
const CHUNK = 50;

function chunks(listed: readonly ListedExchange[]): readonly Markup[] {
  const starts = Array.from({ length: Math.ceil(listed.length / CHUNK) }, (_, index) => index * CHUNK);
  return starts.map((start) => {
    const items = listed.slice(start, start + CHUNK);
    const name = `Exchanges ${items[0]?.place ?? 0} to ${items.at(-1)?.place ?? 0}`;
    return html`<ol aria-label="${attribute(name)}">
      ${items.map(exchangeItem)}
    </ol>`;
  });
}

/** Chooses by outcome with style alone, by words with the script. */
function filter(listed: readonly ListedExchange[]): Markup {
  const counts = { fail: 0, warn: 0, pass: 0 };
  for (const { entry } of listed) counts[exchangeOutcome(entry)]++;
  return html`<search class="filter">
    <fieldset>
      <legend>Show</legend>
      ${option("all", "all", listed.length)} ${option("fail", "failed", counts.fail)}
      ${option("warn", "warned", counts.warn)} ${option("pass", "passed", counts.pass)}
    </fieldset>
    <label id="words" hidden>Containing <input type="search" autocomplete="off" spellcheck="false" /></label>
    <button type="button" id="expand" hidden>Open all failures</button>
    <output id="found"></output>
  </search>`;
}

const option = (id: string, text: string, count: number): Markup =>
  html`<label
    ><input type="radio" name="show" id="show-${attribute(id)}" ${attribute(id === "all" ? "checked" : "")} /> ${text}
    <span>${formatCount(count)}</span></label
  >`;

/** `2026-11-21`, or the first and last day. */
function days(listed: readonly ListedExchange[]): string {
  const all = listed.map(({ entry }) => entry.time.slice(0, 10));
  const [first = "", last = ""] = [all[0], all.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}
