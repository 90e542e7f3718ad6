import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { formatHtmlReport } from "../../apps/fake/src/report/html/format-html-report.ts";
import { reportExchanges } from "../../apps/fake/test/support/html-report-exchanges.ts";
import { closeChromium, openChromium } from "../../apps/fake/test/support/open-chromium.ts";

// Run with `node scripts/screenshots/html-report.ts`; needs Chromium under /usr/bin.

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
  /** Where in the page. */
  readonly hash: string;
  readonly fullPage?: true;
}

/** The picture of the README. */
const README_SHOT: Shot = { name: "html-report", width: 1120, height: 860, colorScheme: "light", hash: "#x4" };

/** More for somebody who works on the page: `--all FOLDER`. */
const OTHER_SHOTS: readonly Shot[] = [
  { name: "light", width: 1280, height: 900, colorScheme: "light", hash: "" },
  { name: "dark", width: 1280, height: 900, colorScheme: "dark", hash: "" },
  { name: "light-list", width: 1280, height: 900, colorScheme: "light", hash: "#exchanges" },
  { name: "light-failure", width: 1280, height: 1100, colorScheme: "light", hash: "#x4" },
  { name: "dark-failure", width: 1280, height: 1100, colorScheme: "dark", hash: "#x9" },
  { name: "narrow", width: 320, height: 800, colorScheme: "light", hash: "", fullPage: true },
  { name: "narrow-failure", width: 320, height: 1400, colorScheme: "dark", hash: "#x4" },
];

const { values: flags } = parseArgs({ options: { all: { type: "string" } } });
const folder = flags.all ?? fileURLToPath(new URL("../../apps/fake/images/", import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), "html-report-"));
const file = join(scratch, "report.html");
await mkdir(folder, { recursive: true });
await writeFile(file, formatHtmlReport(await reportExchanges()));
const browser = await openChromium();
for (const { name, width, height, colorScheme, hash, fullPage } of flags.all === undefined
  ? [README_SHOT]
  : OTHER_SHOTS) {
  const { page } = browser;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.goto(`${pathToFileURL(file).href}?${name}${hash}`);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: fullPage === true, caret: "initial" });
  console.log(path);
}
await closeChromium();
await rm(scratch, { recursive: true });
