import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_CHROMIUM } from "./support/chromium-reason.ts";
import type { OpenPage } from "./support/open-chromium.ts";
import { VIEWS } from "./support/page-views.ts";
import { startFake } from "./support/start-fake.ts";

const fake = startFake();

describe.skipIf(NO_CHROMIUM !== "")(`the page at / in Chromium${NO_CHROMIUM}`, () => {
  let browser: OpenPage | undefined;
  const problems: string[] = [];

  beforeAll(async () => {
    // Loaded here: neither Bun nor Deno has to read what drives the browser.
    const { openChromium } = await import("./support/open-chromium.ts");
    browser = await openChromium();
    browser.page.on("console", (message) => problems.push(message.text()));
    browser.page.on("requestfailed", (request) => problems.push(request.url()));
  }, 120_000);
  afterAll(() => browser?.[Symbol.asyncDispose]());

  const open = async () => {
    const { page } = browser as OpenPage;
    await page.goto(fake.server.url);
    return page;
  };

  test("is read and left by keyboard alone, and is no exchange", async () => {
    const page = await open();

    expect(await page.locator("script").count()).toBe(0);
    expect(await page.title()).toBe("A fake of Claude on AWS");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/_fake/report?format=html");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Conformance report");
    expect(fake.core.journal.total).toBe(0);
  });

  test.each(VIEWS)("axe finds nothing in %s at %d px, and it fits", async (colorScheme, width, isKnown) => {
    const { axeViolations } = await import("./support/axe-violations.ts");
    const page = await open();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });

    expect(await axeViolations(page, isKnown)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  test("logs nothing, and asks for nothing else", () => {
    expect(problems).toEqual([]);
  });
});
