/**
 * What makes the page more convenient; nothing depends on it. It opens what a
 * link points into, opens all failures, and filters the list by words.
 */
export const SCRIPT = `"use strict";
const items = [...document.querySelectorAll(".list > ol > li")];
const find = (id) => document.getElementById(id);
const list = document.querySelector(".list");
const words = find("words");
const found = find("found");
const expand = find("expand");
const reveal = () => {
  const target = /^#x\\d+$/.test(location.hash) ? find(location.hash.slice(1)) : null;
  if (target === null) return;
  for (let at = target.parentElement; at !== null; at = at.parentElement) if (at.localName === "details") at.open = true;
  const item = target.closest("li");
  if (item !== null && item.getClientRects().length === 0) {
    item.hidden = false;
    find("show-all").checked = true;
  }
  target.focus({ preventScroll: true });
  target.scrollIntoView();
};
if (words !== null) {
  const input = words.querySelector("input");
  let texts;
  let frame = 0;
  const filter = () => {
    frame = 0;
    const wanted = input.value.trim().toLowerCase().split(/\\s+/);
    texts ??= items.map((item) => item.querySelector(".line").textContent.toLowerCase());
    let shown = 0;
    items.forEach((item, index) => {
      const fits = wanted.every((word) => texts[index].includes(word));
      if (item.hidden === fits) item.hidden = !fits;
      if (fits) shown++;
    });
    list.classList.toggle("filtered", shown < items.length);
    found.textContent = input.value.trim() === "" ? "" : shown.toLocaleString("en-US") + " contain it";
  };
  input.addEventListener("input", () => { frame ||= requestAnimationFrame(filter); });
  words.hidden = false;
  const failures = document.querySelectorAll(".exchanges li.fail > details");
  expand.hidden = failures.length < 2;
  expand.addEventListener("click", () => {
    const open = [...failures].some((details) => !details.open);
    for (const details of failures) details.open = open;
    expand.textContent = open ? "Close all failures" : "Open all failures";
  });
}
addEventListener("hashchange", reveal);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#x"]');
  // The address is the same already: nothing would tell of the second time.
  if (link !== null && link !== undefined && link.hash === location.hash) reveal();
});
reveal();
`;
