import {
  compareCanonicalRequests,
  type ComparedPart,
  findDifference,
  readParts,
} from "./compare-canonical-requests.ts";
import { clipText, type Content, html, type Markup } from "../../text/markup.ts";

/** Spaces at an end, or in a row: a reader would not see them. */
const UNSEEN_SPACE = /^ +| +$| {2,}/g;

/** A text in which spaces that nobody would see are drawn. */
const showSpaces = (text: string): string => text.replace(UNSEEN_SPACE, (spaces) => "␣".repeat(spaces.length));

/**
 * Shows the canonical request that was expected, and beside it the one that was signed, where that is known.
 *
 * @returns A table, part by part.
 */
export function canonicalSection(expected: string, signed: string | undefined, maxTextLength: number): Markup {
  const note = (text: string): Markup => html`<p class="note">${text}</p>`;
  if (signed === undefined) {
    return html`${note("What the client signed instead was not found.")}${expectedTable(expected, maxTextLength)}`;
  }
  if (signed === expected) {
    return html`${note("The client signed the same text: what differs is the secret key, or the scope or date in the string to sign.")}${expectedTable(expected, maxTextLength)}`;
  }
  const parts = compareCanonicalRequests(expected, signed);
  const names = parts.filter(({ differs }) => differs).map(({ name }) => name);
  const count = `${names.length} of ${parts.length} parts ${names.length === 1 ? "differs" : "differ"}`;
  return html`<table class="canonical two">
    <caption>
      ${count}: ${names.join(", ")}
    </caption>
    <thead>
      <tr>
        <th scope="col">Part</th>
        <th scope="col">Expected</th>
        <th scope="col">Signed by the client</th>
      </tr>
    </thead>
    <tbody>
      ${parts.map((part) => comparedRow(part, maxTextLength))}
    </tbody>
  </table>`;
}

/** The name of a header stands in its line already. */
const shortName = (name: string): string => (name.startsWith("header ") ? "header" : name);

function expectedTable(expected: string, maxTextLength: number): Markup {
  const rows = [...readParts(expected)].map(
    ([name, text]) =>
      html`<tr>
        <th scope="row">${shortName(name)}</th>
        <td>${wire(text, maxTextLength)}</td>
      </tr>`,
  );
  return html`<table class="canonical">
    <caption>
      What should have been signed
    </caption>
    <thead>
      <tr>
        <th scope="col">Part</th>
        <th scope="col">Expected</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function comparedRow({ name, expected, signed, differs }: ComparedPart, maxTextLength: number): Markup {
  if (!differs) {
    return html`<tr class="same">
      <th scope="row">${shortName(name)}</th>
      <td>${wire(expected ?? "", maxTextLength)}</td>
      <td>${wire(signed ?? "", maxTextLength)}</td>
    </tr>`;
  }
  const [left, right] = differingCells(expected, signed, maxTextLength);
  return html`<tr class="differs">
    <th scope="row">
      ${shortName(name)} <b><i aria-hidden="true">≠</i> differs</b>
    </th>
    <td>${left}</td>
    <td>${right}</td>
  </tr>`;
}

const ABSENT: Markup = html`<em>not there</em>`;

function differingCells(
  expected: string | undefined,
  signed: string | undefined,
  maxTextLength: number,
): readonly [Content, Content] {
  if (expected === undefined || signed === undefined) {
    const only = (text: string | undefined): Content =>
      text === undefined ? ABSENT : html`<code>${marked(text, maxTextLength)}</code>`;
    return [only(expected), only(signed)];
  }
  const { before, one, other, after } = findDifference(expected, signed);
  const side = (middle: string): Markup =>
    html`<code
      >${clipText(before, maxTextLength)}${marked(middle, maxTextLength)}${clipText(after, maxTextLength)}</code
    >`;
  // Where one side is empty, the other is what it lacks: nothing stands for nothing.
  return [one, other].map((middle) => (before + middle + after === "" ? html`<em>empty</em>` : side(middle))) as [
    Markup,
    Markup,
  ];
}

const marked = (text: string, maxTextLength: number): Content =>
  text === "" ? undefined : html`<mark>${clipText(showSpaces(text), maxTextLength)}</mark>`;

const wire = (text: string, maxTextLength: number): Markup =>
  text === "" ? html`<em>empty</em>` : html`<code>${clipText(text, maxTextLength)}</code>`;
