import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SOAK, soakLength } from "@claude-on-aws/fixtures";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatHtmlReport } from "../src/report/html/format-html-report.ts";
import { NO_CHROMIUM } from "./support/chromium-reason.ts";
import { repeatExchanges, reportExchanges } from "./support/html-report-exchanges.ts";
import { VIEWS } from "./support/page-views.ts";
import type { OpenPage } from "./support/open-chromium.ts";
import type { BothBrowsers } from "./support/open-with-and-without-scripts.ts";

/** A multiple of what a list holds. */
const MANY = soakLength(5000, 1000);

describe.skipIf(NO_CHROMIUM !== "")(`formatHtmlReport() in Chromium${NO_CHROMIUM}`, () => {
  let folder: string;
  let browsers: BothBrowsers;

  beforeAll(async () => {
    // Loaded here: neither Bun nor Deno has to read what drives the browser.
    const { openWithAndWithoutScripts } = await import("./support/open-with-and-without-scripts.ts");
    folder = await mkdtemp(join(tmpdir(), "html-report-"));
    const data = await reportExchanges();
    await writeFile(join(folder, "few.html"), formatHtmlReport(data));
    await writeFile(join(folder, "many.html"), formatHtmlReport(repeatExchanges(data, MANY)));
    browsers = await openWithAndWithoutScripts(isOurs, { viewport: WIDE });
  }, 120_000);

  afterAll(async () => {
    await browsers?.[Symbol.asyncDispose]();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const isOurs = (url: string): boolean => url.startsWith(pathToFileURL(folder).href) || url === "data:,";

  /** Opens a page of the folder from disk, anew even where only the part behind the # is another. */
  const open = async (name: string, { javaScriptEnabled = true, hash = "" } = {}): Promise<Page> => {
    const { page } = browsers.pages.get(javaScriptEnabled) as OpenPage;
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ media: "screen", colorScheme: "light", reducedMotion: "no-preference" });
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(join(folder, name)).href}${hash}`);
    return page;
  };

  test.each([true, false])(
    "a failing exchange is found and understood by keyboard alone, with scripts: %s",
    async (javaScriptEnabled) => {
      const page = await open("few.html", { javaScriptEnabled });
      const press = async (...keys: string[]): Promise<void> => {
        for (const key of keys) await page.keyboard.press(key);
      };

      await press("Tab");
      expect(await focusedText(page)).toBe("Skip to the first failure");

      await press("Enter");
      await expect.poll(() => focusedText(page)).toContain("Exchange 4: POST /model/");
      for (const text of PATH_DIAGNOSIS) expect(await isInView(page, "x4", text)).toBe(true);

      await press("Tab");
      expect(await focusedText(page)).toBe("Next failure");

      await press("Enter");
      await expect.poll(() => focusedText(page)).toContain("Exchange 7: POST /v1/messages");
      for (const text of HOST_DIAGNOSIS) expect(await isInView(page, "x7", text)).toBe(true);

      await press("Tab");
      expect(await focusedText(page)).toBe("Previous failure");
    },
  );

  test.each([true, false])("an exchange opens by Enter on its line, with scripts: %s", async (javaScriptEnabled) => {
    const page = await open("few.html", { javaScriptEnabled });
    const details = page.locator("li.fail > details").nth(1);

    await details.locator("summary.line").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => details.getAttribute("open")).toBe("");
    expect(await isInView(page, "x7", HOST_DIAGNOSIS[0] ?? "")).toBe(true);
  });

  test.each(VIEWS)("axe finds nothing in %s at %d px", async (colorScheme, width, isKnown) => {
    const { axeViolations } = await import("./support/axe-violations.ts");
    const page = await open("few.html");
    await page.setViewportSize({ width, height: 900 });
    // Without motion: colours that still fade from one scheme to the other are not those that are read.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openEverything(page);

    expect(await axeViolations(page, isKnown)).toEqual([]);
  });

  test("fits a window of 320 px, with everything open", async () => {
    const page = await open("few.html");
    await page.setViewportSize({ width: 320, height: 640 });
    await openEverything(page);

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test("shows failing exchanges alone when asked to, without scripts", async () => {
    const page = await open("few.html", { javaScriptEnabled: false });
    await page.getByRole("radio", { name: "failed" }).check();
    await page.locator("#x4").scrollIntoViewIfNeeded();

    expect(await page.locator(".list > ol > li:visible").count()).toBe(5);
    expect(await isInView(page, "x4", PATH_DIAGNOSIS[0] ?? "")).toBe(true);
    expect(await page.getByLabel("Containing").isVisible()).toBe(false);
  });

  test("filters by words, and shows what a link points to all the same", async () => {
    const page = await open("few.html");
    await page.getByLabel("Containing").fill("gateway path-encoded");
    await expect.poll(() => page.locator(".list > ol > li:visible").count()).toBe(1);
    expect(await page.locator("#found").textContent()).toBe("1 contain it");

    await page.getByRole("radio", { name: "passed" }).check();
    await page.locator("a.go").press("Enter");
    await expect.poll(() => focusedText(page)).toContain("Exchange 4:");
    expect(await page.locator("#x4").isVisible()).toBe(true);
  });

  test("opens and closes all failures at once", async () => {
    const page = await open("few.html");
    const opened = page.locator("li.fail > details[open]");

    await page.getByRole("button", { name: "Open all failures" }).press("Enter");
    expect(await opened.count()).toBe(5);
    await page.getByRole("button", { name: "Close all failures" }).press("Enter");
    expect(await opened.count()).toBe(0);
  });

  test("prints failing exchanges open, and nothing to click on", async () => {
    const page = await open("few.html");
    await page.emulateMedia({ media: "print" });

    expect(await page.locator("#x7").isVisible()).toBe(true);
    expect(await page.locator(".filter").isVisible()).toBe(false);
  });

  test(`lays out only what is in view of ${MANY} exchanges`, async () => {
    const start = performance.now();
    const page = await open("many.html");
    const load = performance.now() - start;
    if (SOAK) {
      const times = { load: Math.round(load), ...(await page.evaluate(measure)) };
      console.log(`${MANY} exchanges:`, JSON.stringify(times), "(in ms)");
    }

    expect(await page.locator(".list > ol > li").count()).toBe(MANY);
    expect(await page.locator(".list > ol").count()).toBe(MANY / 50);
    await page.locator("#show-all").check();
    await expect.poll(() => page.evaluate(countLaidOut)).toBeLessThan(5);
    // What is told of each in full has a bound of its own: a thousand of them would be 280,000 elements.
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(80_000);
    expect((await page.content()).length).toBeLessThan(4_000_000);
  });

  test("logs nothing, and asks for nothing but the page", () => {
    expect(browsers.problems).toEqual([]);
  });
});

const WIDE = { width: 1280, height: 900 };

const PATH_DIAGNOSIS = [
  "The path was signed as it stands on the wire, or was percent-encoded once more on the way.",
  "Percent-encode each segment of the wire path once more for the signature; only Amazon S3 does without.",
  "1 of 9 parts differs: path",
];

const HOST_DIAGNOSIS = [
  "The host was signed without its port.",
  "Sign the Host header exactly as it is sent, with the port where it is not the default one.",
];

/** What a screen reader would say of what has the focus, or of where it would go on reading. */
const focusedText = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement?.textContent ?? "").replaceAll(/\s+/g, " ").trim());

/** Whether a text of an exchange stands in the window. */
async function isInView(page: Page, id: string, text: string): Promise<boolean> {
  const box = await page.locator(`article[aria-labelledby=${id}]`).getByText(text).first().boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= WIDE.height;
}

/** Opens every exchange, and everything in it. */
const openEverything = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

/** How many lists are laid out; runs inside the page. */
const countLaidOut = (): number =>
  [...document.querySelectorAll(".list > ol > li:first-child")].filter((item) =>
    item.checkVisibility({ contentVisibilityAuto: true }),
  ).length;

type Figure = "frame" | "slowestFrame" | "jump" | "slowestJump" | "words" | "outcome";

/** Scrolls, filters by a word and by outcome; runs inside the page. */
async function measure(): Promise<Record<Figure, number>> {
  const drawn = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
  const time = async (act: () => void): Promise<number> => {
    const start = performance.now();
    act();
    await drawn();
    return Math.round(performance.now() - start);
  };
  const scroll = async (steps: number, pixels: number): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let step = 0; step < steps; step++) times.push(await time(() => scrollTo(0, step * pixels)));
    return times.toSorted((one, other) => one - other);
  };
  const frames = await scroll(100, 120);
  const jumps = await scroll(40, document.documentElement.scrollHeight / 40);
  const input = document.querySelector("#words input") as HTMLInputElement;
  const words = await time(() => {
    input.value = "gateway";
    input.dispatchEvent(new Event("input"));
  });
  input.value = "";
  input.dispatchEvent(new Event("input"));
  await drawn();
  const outcome = await time(() => (document.querySelector("#show-fail") as HTMLInputElement).click());
  return {
    frame: frames[50] ?? 0,
    slowestFrame: frames.at(-1) ?? 0,
    jump: jumps[20] ?? 0,
    slowestJump: jumps.at(-1) ?? 0,
    words,
    outcome,
  };
}
