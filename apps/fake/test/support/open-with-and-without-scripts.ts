import type { BrowserContextOptions } from "playwright-core";
import { openChromium, type OpenPage } from "./open-chromium.ts";

/** Two browsers, by whether they run scripts. */
export interface BothBrowsers extends AsyncDisposable {
  readonly pages: ReadonlyMap<boolean, OpenPage>;
  /** What is wrong so far: addresses that are not ours, messages of the console, errors of scripts. */
  readonly problems: readonly string[];
}

/**
 * Opens a browser that runs scripts and one that runs none, and notes what goes wrong in them.
 *
 * @param isOurs Says of an address whether a page may ask for it.
 * @throws {Error} Where Chromium is not installed; says how to install it.
 */
export async function openWithAndWithoutScripts(
  isOurs: (url: string) => boolean,
  options: BrowserContextOptions = {},
): Promise<BothBrowsers> {
  const pages = new Map<boolean, OpenPage>();
  const problems: string[] = [];
  for (const javaScriptEnabled of [true, false]) {
    const browser = await openChromium({ ...options, javaScriptEnabled });
    browser.context.on("request", (request) => problems.push(...(isOurs(request.url()) ? [] : [request.url()])));
    browser.page.on("console", (message) => problems.push(message.text()));
    browser.page.on("pageerror", (error) => problems.push(error.message));
    pages.set(javaScriptEnabled, browser);
  }
  const close = async (): Promise<void> => {
    for (const browser of pages.values()) await browser[Symbol.asyncDispose]();
  };
  return { pages, problems, [Symbol.asyncDispose]: close };
}
