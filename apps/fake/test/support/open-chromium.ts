import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
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

/** A page in a browser of its own. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
}

/**
 * Opens an empty page in Debian's Chromium, with a profile that is thrown away.
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
  const profile = await mkdtemp(join(tmpdir(), "fake-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS,
    ...options,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const close = async (): Promise<void> => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  return { page, context, [Symbol.asyncDispose]: close };
}
