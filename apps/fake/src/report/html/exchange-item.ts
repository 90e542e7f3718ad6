import type { JournalEntry } from "../../judge/journal-entry.ts";
import { brokenFindings, exchangeOutcome, outcomeMark } from "./exchange-outcome.ts";
import { attribute, clipText, formatCount, html, type Markup } from "../../text/markup.ts";

/** Longest target and message in the line of an exchange. */
const MAX_LINE_TEXT = 300;

/**
 * Shows an exchange in one line: outcome, time, request, what is wrong, client, status.
 *
 * @returns The line.
 */
export function exchangeLine(entry: JournalEntry): Markup {
  const { time, client, request, reply } = entry;
  const [first, ...others] = brokenFindings(entry);
  const found =
    first &&
    html`<span class="found"
      ><code>${first.rule}</code> ${clipText(first.message ?? "", MAX_LINE_TEXT)}${
        others.length === 0 ? undefined : ` (and ${others.length} more)`
      }</span
    >`;
  return html`${outcomeMark(exchangeOutcome(entry))}<time datetime="${attribute(time)}">${time.slice(11, 23)}</time
    ><span class="request"><code>${request.method} ${clipText(request.target, MAX_LINE_TEXT)}</code>${found}</span
    ><span class="client">${client}</span><span class="status">${reply.status}</span>`;
}

/** The exchange that failed before, or after: its place in the page. */
interface Neighbours {
  /** Which of the failures that are shown in full it is, from 1. */
  readonly at: number;
  readonly of: number;
  readonly previous: number | undefined;
  readonly next: number | undefined;
}

/** An exchange in the list. */
export interface ListedExchange {
  readonly entry: JournalEntry;
  /** Its place, from 1. */
  readonly place: number;
  readonly line: Markup;
  /** Absent where the exchange is one line. */
  readonly detail: Markup | undefined;
  /** Where it is among the failures; absent where it did not fail, or is one line. */
  readonly neighbours: Neighbours | undefined;
}

/**
 * Shows an exchange as an item of the list.
 *
 * @returns One line, or one that opens.
 */
export function exchangeItem({ entry, place, line, detail, neighbours }: ListedExchange): Markup {
  const outcome = exchangeOutcome(entry);
  if (detail === undefined) return html`<li class="${outcome}"><div class="line">${line}</div></li> `;
  // The first failure stands open: the page is read from top to bottom where a browser opens nothing by itself.
  const open = neighbours?.at === 1 ? html` open` : undefined;
  const { method, target } = entry.request;
  // The target of links lies inside: a browser opens what is around it.
  return html`<li class="${outcome}"><details${open}><summary class="line">${line}</summary><article aria-labelledby="x${place}"><h3 id="x${place}" tabindex="-1">Exchange ${formatCount(place)}: <code>${method} ${clipText(target, MAX_LINE_TEXT)}</code></h3>${neighbours && jumps(neighbours)}${detail}</article></details></li>\n`;
}

function jumps({ at, of, previous, next }: Neighbours): Markup {
  return html`<p class="jumps">
    <span>Failure ${formatCount(at)} of ${formatCount(of)}</span>${
      previous && html` <a href="#x${previous}">Previous failure</a>`
    }${next && html` <a href="#x${next}">Next failure</a>`} <a href="#summary">Summary</a>
  </p>`;
}
