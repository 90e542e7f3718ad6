import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { CHROMIUM } from "./chromium-reason.ts";

/** Flags that keep the browser alone with the page. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page with cookies, storage and a cache of its own. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** To start it takes longer than most of what is looked at in it: one for all pages of a process. */
let browser: Promise<Browser> | undefined;

/**
 * Opens an empty page in Debian's Chromium, with a profile that is thrown away. The browser is started with the first page,
 * and ends with the process or by {@link closeChromium}.
 *
 * @throws {Error} Where Chromium is not installed; says how to install it.
 */
export async function openChromium(options: BrowserContextOptions = {}): Promise<OpenPage> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `Cannot open a browser: there is no ${CHROMIUM}. Install it with "apt-get update && apt-get install -y chromium", ` +
        "or name another with CHROMIUM_PATH",
    );
  }
  browser ??= chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  const context = await (await browser).newContext(options);
  const page = await context.newPage();
  return { page, context, [Symbol.asyncDispose]: () => context.close() };
}

/** Ends the browser, which would keep the process running. */
export async function closeChromium(): Promise<void> {
  const opened = browser;
  browser = undefined;
  await (await opened)?.close();
}
