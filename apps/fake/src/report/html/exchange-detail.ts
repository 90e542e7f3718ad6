import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { JournalEntry } from "../../judge/journal-entry.ts";
import type { Finding } from "../../rules/rule.ts";
import { canonicalSection } from "./canonical-section.ts";
import { brokenFindings, outcomeMark } from "./exchange-outcome.ts";
import { clipText, type Content, formatCount, html, Markup } from "../../text/markup.ts";

/** What a detail knows besides its exchange. */
export interface DetailContext {
  /** What a rule demands, by its name. */
  readonly rules: ReadonlyMap<string, string>;
  /** Place of an exchange in the page, from 1, by its ID. */
  readonly places: ReadonlyMap<string, number>;
  /** Longest text that is shown whole, in UTF-16 code units. */
  readonly maxTextLength: number;
}

/**
 * Shows everything about one exchange: what is wrong, why, how to mend it; then what was sent and answered.
 *
 * @returns What stands in the item of the exchange when it is open.
 */
export function exchangeDetail(entry: JournalEntry, context: DetailContext): Markup {
  const { diagnosis = [], findings, checks } = entry;
  const { maxTextLength } = context;
  const refused = checks.find(({ fault }) => fault !== undefined)?.fault;
  const details = checks.find(({ fault }) => fault?.details?.canonicalRequest !== undefined)?.fault?.details ?? {};
  const { canonicalRequest, signedCanonicalRequest, stringToSign } = details;
  const broken = brokenFindings(entry);
  const held = findings.filter(({ level }) => level === "pass").map(({ rule }) => rule);
  return html`<p class="answered">
      ${answered(entry)}${refused && html`: <q>${clipText(refused.message, maxTextLength)}</q>`}
    </p>
    ${
      diagnosis.length > 0
        ? html`<h4>Why the signature is wrong</h4>
            <ul class="wrong">
              ${diagnosis.map((mistake) => mistakeItem(mistake, maxTextLength))}
            </ul>`
        : undefined
    }${
      broken.length > 0
        ? html`<h4>Rules that were broken</h4>
            <ul class="wrong">
              ${broken.map((finding) => findingItem(finding, diagnosis, context))}
            </ul>`
        : undefined
    }${
      canonicalRequest &&
      html`<h4>Canonical request</h4>
        ${canonicalSection(canonicalRequest, signedCanonicalRequest, maxTextLength)}`
    }${stringToSign && fold("String to sign that was expected", pre([lines(stringToSign, maxTextLength)]))}
    <h4>
      Request as it
      ${entry.wire === "received" ? "was sent" : "was handed over by fetch, without the bytes of the wire"}
    </h4>
    ${requestText(entry, maxTextLength)}${fold(
      `Headers of the answer (${entry.reply.headers.length})`,
      pre(headerLines(entry.reply.headers, maxTextLength)),
    )}${held.length > 0 ? fold(`Rules that held (${held.length})`, html`<p class="held">${held.join(", ")}</p>`) : undefined}
    <p class="note">${remarks(entry, context)}</p>`;
}

const fold = (title: string, content: Markup): Markup =>
  html`<details class="more">
    <summary>${title}</summary>
    ${content}
  </details>`;

const answered = ({ reply, answeredBy, row, fault }: JournalEntry): Markup =>
  html`Answered <b>${reply.status}</b>${answeredBy && html` by the ${answeredBy}`}${row && html`, ${row}`}${
      fault && html`, which asked for the fault <b>${fault.kind}</b>`
    }`;

function mistakeItem({ code, message, header, signed, received, fix }: Mistake, maxTextLength: number): Markup {
  const row = (name: string, value: string | undefined): Markup | undefined =>
    value === undefined
      ? undefined
      : html`<dt>${name}</dt>
          <dd><code>${clipText(value, maxTextLength)}</code></dd>`;
  const other = message.includes(` expected "${received ?? ""}"`) ? "Expected" : "Received";
  const values = [row("Header", header), row("Signed", signed), row(other, received)];
  return html`<li>
    <p><b>${sentence(message)}</b> <code class="id">${code}</code></p>
    <dl>
      ${values}
      <dt>Fix</dt>
      <dd class="fix">${fix}</dd>
    </dl>
  </li>`;
}

const VALUES = ["header", "signed", "received", "expected"].map((name) => ` (${name} "`);

/** What happened, without the values that follow it in brackets. */
function sentence(message: string): string {
  const at = VALUES.map((start) => message.indexOf(start)).filter((index) => index > 0);
  return at.length === 0 ? message : message.slice(0, Math.min(...at));
}

function findingItem(finding: Finding, diagnosis: readonly Mistake[], { rules, maxTextLength }: DetailContext): Markup {
  const { rule, level, message = "", fix } = finding;
  const head = html`<p>${outcomeMark(level)} <code class="id">${rule}</code> ${rules.get(rule)}</p>`;
  // Said above, with its fix.
  if (diagnosis.some((mistake) => message.startsWith(mistake.message))) return html`<li>${head}</li>`;
  return html`<li>
    ${head}
    <dl>
      <dt>Found</dt>
      <dd>${clipText(message, maxTextLength)}</dd>
      ${
        fix &&
        html`<dt>Fix</dt>
          <dd class="fix">${fix}</dd>`
      }
    </dl>
  </li>`;
}

function requestText({ request }: JournalEntry, maxTextLength: number): Markup {
  const { method, target, httpVersion, headers, bodyBytes, body } = request;
  const size = `${formatCount(bodyBytes)} ${bodyBytes === 1 ? "byte" : "bytes"} of body`;
  const line = html`<b>${clipText(`${method} ${target}`, maxTextLength)}</b> HTTP/${httpVersion}`;
  const after = bodyBytes === 0 ? html`<p class="note">No body.</p>` : fold(size, pre([lines(body, maxTextLength)]));
  return html`${pre([line, ...headerLines(headers, maxTextLength)])}${after}`;
}

type Headers = JournalEntry["request"]["headers"];

const headerLines = (headers: Headers, maxTextLength: number): Markup[] =>
  headers.map(
    ([name, value]) =>
      html`<span class="name">${clipText(name, maxTextLength)}:</span> ${clipText(value, maxTextLength)}`,
  );

const LINE_BREAK = new Markup("\n");

const pre = (content: readonly Content[]): Markup => html`<pre>${joined(content, LINE_BREAK)}</pre>`;

const joined = (content: readonly Content[], separator: Markup): Content =>
  content.map((piece, index) => (index === 0 ? piece : [separator, piece]));

/** A text of several lines; its line breaks are the only controls that stay what they are. */
function lines(text: string, maxTextLength: number): Content {
  const rows = text.slice(0, maxTextLength).split("\n");
  const last = rows.pop() ?? "";
  // The last one is cut, with all that followed it.
  const rest = text.slice(Math.min(text.length, maxTextLength) - last.length);
  return joined([...rows, clipText(rest, last.length)], LINE_BREAK);
}

const DOT = new Markup(" · ");

/** What is left to say, in one line. */
function remarks(entry: JournalEntry, { places }: DetailContext): Content {
  const { id, provider, operation, caller, model, retryOf, checks } = entry;
  const place = retryOf === undefined ? undefined : places.get(retryOf);
  const passed = checks.filter(({ fault }) => fault === undefined).map(({ check }) => check);
  const all = [
    provider,
    operation,
    model && html`model <code>${model.requested}</code>`,
    caller?.accessKeyId && html`access key <code>${caller.accessKeyId}</code>`,
    place && html`retry of <a href="#x${place}">exchange ${formatCount(place)}</a>`,
    html`ID <code>${id}</code>`,
    passed.length > 0 ? `checks passed: ${passed.join(", ")}` : undefined,
  ];
  return joined(
    all.filter((part) => part !== undefined && part !== ""),
    DOT,
  );
}
