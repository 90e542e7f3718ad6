import { existsSync } from "node:fs";

/** Debian puts it there. */
export const CHROMIUM: string = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Why no browser is opened; empty where one is. In CI a browser has to be there. */
export const NO_CHROMIUM: string =
  process.versions["bun"] !== undefined || "Deno" in globalThis
    ? " (skipped: the browser is driven from Node alone)"
    : existsSync(CHROMIUM) || process.env["CI"]
      ? ""
      : ` (skipped: there is no ${CHROMIUM}; "apt-get install chromium", or name one in CHROMIUM_PATH)`;
