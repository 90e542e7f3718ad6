/** How the page looks: light and dark, narrow and wide, on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --surface: #fff; --sunken: #f3f5f7; --line: #d9dee4; --faint: #e9ecef;
  --text: #1a1f26; --quiet: #545d68; --link: #0a53b8; --focus: #0a53b8;
  --fail: #a8201a; --fail-back: #fdeeec; --fail-mark: #ffd2cc;
  --warn: #7a4a00; --warn-back: #fff5e0;
  --pass: #17653a; --pass-back: #e8f5ed;
  --wire: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101317; --surface: #171b20; --sunken: #12161a; --line: #313943; --faint: #242a31;
    --text: #e3e7eb; --quiet: #a0aab5; --link: #8bb9f9; --focus: #8bb9f9;
    --fail: #ff9d94; --fail-back: #2d1917; --fail-mark: #6b2822;
    --warn: #efc06a; --warn-back: #2b2213;
    --pass: #7fd3a1; --pass-back: #14271c;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 86rem; background: var(--page); color: var(--text);
  font: 0.875rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, dl, dd, ol, ul, pre { margin: 0; }
ol, ul { padding: 0; list-style: none; }
h1 { font-size: 1rem; font-weight: 600; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em; }
h3, h3 code { font-size: 0.9375rem; font-weight: 600; }
h4 { margin: 1.25rem 0 0.375rem; font-size: 0.875rem; font-weight: 600; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 2px; }
:focus { outline: none; }
:focus-visible, :target { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
code, pre { font: 0.8125rem/1.5 var(--wire); direction: ltr; unicode-bidi: isolate-override; }
pre { padding: 0.625rem 0.75rem; white-space: pre-wrap; background: var(--sunken); border: 1px solid var(--faint); border-radius: 6px; }
pre b { font-weight: 600; }
.name, .note, .counts, .source, .client, .status, .cut, header p, footer, caption, dt { color: var(--quiet); }
.note, .counts, .source, footer, caption { font-size: 0.8125rem; }
.unseen { padding: 0 0.2em; border: 1px solid currentColor; border-radius: 3px; font: 600 0.6875rem/1 var(--wire); }
.cut { font-style: italic; }
.number { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
em { color: var(--quiet); }
[hidden] { display: none !important; }

nav { position: absolute; z-index: 2; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 0; top: 0.5rem; padding: 0.5rem 0.75rem; background: var(--surface); border-radius: 6px; white-space: nowrap; }
header { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; padding: 1rem 0; }
footer { margin-top: 2rem; }
main > section { margin-top: 2rem; }
main > section > h2 { margin-bottom: 0.75rem; }

.summary { margin-top: 0; padding: 1.25rem 1.5rem; background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--pass); border-radius: 8px; }
.summary.fail { border-left-color: var(--fail); }
.summary.warn { border-left-color: var(--warn); }
.figures { display: flex; flex-wrap: wrap; gap: 0.75rem 2.25rem; }
.figures div { display: flex; flex-direction: column; }
.figures dd { order: -1; font-size: 1.375rem; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures dt { font-size: 0.8125rem; }
.figures .fail dd { color: var(--fail); }
.figures .warn dd { color: var(--warn); }
.figures .pass dd { color: var(--pass); }
.summary > p { margin-top: 0.75rem; }
.go { font-weight: 600; }

.mark { display: inline-block; min-width: 4.25em; padding: 0 0.5em; font-size: 0.75rem; line-height: 1.5; font-weight: 600; border-radius: 4px; white-space: nowrap; }
.mark i { display: inline-block; width: 0.9em; font-style: normal; text-align: center; }
.mark.fail { color: var(--fail); background: var(--fail-back); }
.mark.warn { color: var(--warn); background: var(--warn-back); }
.mark.pass { color: var(--pass); background: var(--pass-back); }

.refused { padding: 1rem 1.5rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.refused ul { display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; }

.clients > section { padding: 1rem 1.5rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.clients > section + section { margin-top: 0.75rem; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0.75rem 0 0.25rem; text-align: left; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; vertical-align: top; text-align: left; }
th:last-child, td:last-child { padding-right: 0; }
thead th { padding-block: 0.25rem; color: var(--quiet); font-size: 0.75rem; font-weight: 500; border-bottom: 1px solid var(--line); }
tbody tr + tr > * { border-top: 1px solid var(--faint); }
.rules th:first-child { width: 5rem; }
.rules th:last-child { width: 5.5rem; text-align: right; }
.id { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.125rem 0.75rem; }
.rules dl, .wrong dl { margin-top: 0.25rem; }
.figures { grid-template-columns: none; }
.fix { font-weight: 500; }
.more { margin-top: 0.75rem; }
.more > summary { width: fit-content; color: var(--link); font-size: 0.8125rem; cursor: pointer; }
.more > :not(summary) { margin-top: 0.375rem; }
.more table caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

.filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; min-height: 3rem; padding: 0.375rem 0; background: var(--page); }
.filter fieldset { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; border: 0; }
.filter legend { float: left; padding: 0; line-height: 1.5rem; color: var(--quiet); }
.filter label { display: inline-flex; white-space: nowrap; gap: 0.375rem; align-items: center; min-height: 1.5rem; }
.filter label span, .filter output { color: var(--quiet); font-variant-numeric: tabular-nums; }
.filter input[type="radio"] { margin: 0; accent-color: var(--link); }
.filter input[type="search"], .filter button { min-height: 1.875rem; padding: 0 0.625rem; font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--quiet); border-radius: 6px; }
.filter input[type="search"] { width: 14rem; min-width: 0; flex: 0 1 auto; }
.filter button { cursor: pointer; }
body:has(#show-fail:checked) .list > ol > li:not(.fail),
body:has(#show-warn:checked) .list > ol > li:not(.warn),
body:has(#show-pass:checked) .list > ol > li:not(.pass) { display: none; }

.list { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.list > ol { content-visibility: auto; contain-intrinsic-height: auto 110rem; }
/* What is filtered has another height than what is guessed here. */
.list > ol:last-child, .list.filtered > ol, body:not(:has(#show-all:checked)) .list > ol { content-visibility: visible; }
.list > ol + ol, .list > ol > li + li { border-top: 1px solid var(--faint); }
.line { display: grid; grid-template-columns: 4rem 6.25rem minmax(0, 4fr) minmax(0, 1.5fr) 2.25rem 0.75rem; gap: 0 0.75rem; align-items: baseline; padding: 0.3125rem 0.75rem; outline-offset: -2px !important; }
summary.line { cursor: pointer; list-style: none; }
summary.line::-webkit-details-marker { display: none; }
summary.line::after { content: "+"; color: var(--quiet); font: 600 0.875rem/1 var(--wire); text-align: right; }
details[open] > summary.line::after { content: "–"; }
summary.line:hover { background: var(--sunken); }
.line time { color: var(--quiet); font-variant-numeric: tabular-nums; }
.line code { font-size: 0.8125rem; }
.request { display: flex; flex-direction: column; min-width: 0; }
.request > *, .client { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.found { color: var(--quiet); }
li.fail .found code { color: var(--fail); }
li.warn .found code { color: var(--warn); }
.status { text-align: right; font-variant-numeric: tabular-nums; }
li.fail .status { color: var(--text); font-weight: 600; }

article { margin: 0 0.75rem 1rem; padding: 0.75rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; }
article h3 { width: fit-content; scroll-margin-top: 4.25rem; }
article h3 code { font-weight: 400; }
li.fail article { border-left: 4px solid var(--fail); }
li.warn article { border-left: 4px solid var(--warn); }
.jumps { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin-top: 0.25rem; }
.jumps span { color: var(--quiet); }
.answered { margin-top: 0.75rem; }
.wrong > li + li { margin-top: 0.75rem; }
article > .note { margin-top: 1rem; }
.held { font: 0.8125rem/1.6 var(--wire); }

.canonical { table-layout: fixed; background: var(--sunken); border: 1px solid var(--faint); border-radius: 6px; border-collapse: separate; border-spacing: 0; }
.canonical th:first-child { width: 9rem; }
.canonical th, .canonical td { padding: 0.1875rem 0.75rem; vertical-align: baseline; }
.canonical thead th { padding-block: 0.375rem; }
.canonical caption { padding-top: 0; }
.canonical tbody th { color: var(--quiet); font-size: 0.8125rem; font-weight: 400; }
.canonical tr + tr > * { border-top: 0; }
.canonical .differs > * { background: var(--fail-back); }
.canonical .differs th { color: var(--text); box-shadow: inset 3px 0 var(--fail); }
.differs b { color: var(--fail); font-size: 0.75rem; white-space: nowrap; }
.differs b i { font-style: normal; }
mark { padding-block: 0.0625rem; color: inherit; background: var(--fail-mark); border-radius: 2px; font-weight: 600; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }

@media (max-width: 42rem) {
  html { scroll-padding-top: 1rem; }
  body { padding: 0 0.75rem 2rem; }
  .summary, .clients > section { padding: 0.875rem; }
  .filter { position: static; }
  .line { grid-template-columns: 4rem minmax(0, 1fr) auto 0.75rem; gap: 0.125rem 0.5rem; }
  .line .mark { grid-area: 1 / 1; }
  .line time { grid-area: 1 / 2; }
  .line .status { grid-area: 1 / 3; }
  summary.line::after { grid-area: 1 / 4; }
  .request { grid-area: 2 / 1 / 2 / -1; }
  .client { grid-area: 3 / 1 / 3 / -1; font-size: 0.8125rem; }
  .request > *, .client { white-space: normal; }
  .list > ol { contain-intrinsic-height: auto 250rem; }
  article { margin: 0 0 0.5rem; padding: 0.625rem 0.75rem 0.875rem; border-width: 1px 0; border-radius: 0; }
  article h3 { scroll-margin-top: 1rem; }
  .rules thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .rules, .rules tbody, .rules caption { display: block; }
  .rules tr { display: grid; grid-template-columns: 1fr auto; padding: 0.5rem 0; }
  .rules tr + tr { border-top: 1px solid var(--line); }
  .rules tr > td { padding: 0; border: 0; }
  .rules td:nth-child(2) { grid-area: 2 / 1 / 2 / -1; }
  .rules tbody .number::after { content: " exchanges"; color: var(--quiet); }
  dl:not(.figures) { grid-template-columns: minmax(0, 1fr); }
  dd + dt { margin-top: 0.25rem; }
  .canonical thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .canonical, .canonical tbody, .canonical tr, .canonical th, .canonical td, .canonical caption { display: block; width: auto; }
  .canonical th:first-child { width: auto; padding-bottom: 0; }
  .canonical td { padding-top: 0; }
  .canonical caption { padding: 0.375rem 0.75rem; }
  .canonical.two .same td:last-child { display: none; }
  .canonical .differs td::before { display: block; color: var(--quiet); font-size: 0.75rem; content: "Expected"; }
  .canonical .differs td:last-child::before { content: "Signed by the client"; }
}
@media print {
  :root { --page: #fff; --surface: #fff; --sunken: #fff; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav, .filter, .jumps, .go, summary.line::after { display: none; }
  .list > ol { content-visibility: visible; }
  .line, tr, .wrong > li { break-inside: avoid; }
  li:is(.fail, .warn) > details::details-content { content-visibility: visible; display: block; block-size: auto; }
  .request > *, .client { white-space: normal; }
}
@media (forced-colors: active) {
  .mark, mark { border: 1px solid; }
}
@media (prefers-reduced-motion: no-preference) {
  summary.line, .filter button { transition: background-color 0.1s; }
}
`;
