import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_CHROMIUM } from "../../apps/fake/test/support/chromium-reason.ts";
import type { OpenPage } from "../../apps/fake/test/support/open-chromium.ts";
import type { BothBrowsers } from "../../apps/fake/test/support/open-with-and-without-scripts.ts";
import { askRefusals } from "../documents/troubleshooting/ask-refusals.ts";
import { placeOf } from "../documents/places-of.ts";
import { buildSite } from "./build-site.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const DENIED =
  'API Error: 403 {"type":"error","error":{"type":"permission_error","message":"User: arn:aws:sts::111122223333:' +
  "assumed-role/dev/me is not authorized to perform: aws-external-anthropic:CreateInference on resource: arn:aws:" +
  "aws-external-anthropic:eu-west-1:111122223333:workspace/wrkspc_01Abc because no identity-based policy allows the " +
  'aws-external-anthropic:CreateInference action"},"request_id":"req_011CSabc"}';

describe.skipIf(NO_CHROMIUM !== "")(`the site in Chromium, from disk${NO_CHROMIUM}`, () => {
  let folder: string;
  let browsers: BothBrowsers;

  beforeAll(async () => {
    const { openWithAndWithoutScripts } = await import("../../apps/fake/test/support/open-with-and-without-scripts.ts");
    folder = await mkdtemp(join(tmpdir(), "site-"));
    await buildSite(ROOT, folder, { hasApi: false });
    const site = pathToFileURL(folder).href;
    browsers = await openWithAndWithoutScripts((url) => url.startsWith(site), { offline: true });
  }, 120_000);

  afterAll(async () => {
    await browsers?.[Symbol.asyncDispose]();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const open = async (path: string, javaScriptEnabled = true): Promise<OpenPage["page"]> => {
    const { page } = browsers.pages.get(javaScriptEnabled) as OpenPage;
    await page.goto(pathToFileURL(join(folder, path)).href);
    return page;
  };

  test.each(["index.html", "docs/troubleshooting.html", "packages/auth/index.html"])(
    "an error of AWS that is pasted into %s leads to its entry, by keyboard alone",
    async (path) => {
      const page = await open(path);
      const field = page.getByLabel("Paste an error of AWS");
      await field.focus();
      await page.keyboard.insertText(DENIED);
      await page.keyboard.press("Tab");

      expect(await page.getByRole("status").textContent()).toMatch(/^\d+ places fit/);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("access-denied");
      await page.keyboard.press("Enter");
      await page.waitForURL(/docs\/troubleshooting\.html#access-denied$/);
      expect(await page.locator(":target").textContent()).toBe("access-denied");
    },
  );

  /** Pastes each text in turn, all within one frame, and reads where the first results lead. */
  const paste = async (texts: readonly string[]): Promise<ReadonlyMap<string, readonly (string | null)[]>> => {
    const page = await open("index.html");
    const links = await page.getByLabel("Paste an error of AWS").evaluate(
      (field, pasted) =>
        pasted.map((text) => {
          (field as HTMLTextAreaElement).value = text;
          field.dispatchEvent(new Event("input"));
          return [...document.querySelectorAll("#found a")].slice(0, 3).map((link) => link.getAttribute("href"));
        }),
      texts,
    );
    return new Map(texts.map((text, index) => [text, links[index] ?? []]));
  };

  test("each refusal of the table, as a client prints it, is among the first three results", async () => {
    const refusals = (await askRefusals()).filter(({ example }) => example.wordsAreOurs !== true);
    const pasted = refusals.map(({ example, status, type, words }) => ({
      text: `APIError: ${status} ${JSON.stringify({ type: "error", error: { type, message: words }, request_id: "req_011CSabc" })}`,
      entry: `docs/troubleshooting.html#${placeOf(example.name)}`,
    }));
    const found = await paste(pasted.map(({ text }) => text));

    expect(pasted.length).toBeGreaterThan(40);
    expect(pasted.filter(({ text, entry }) => found.get(text)?.includes(entry) !== true)).toEqual([]);
  });

  test("each code of status and of verify leads to its entry first", async () => {
    const page = await open("docs/troubleshooting.html");
    const entries = await page
      .locator("h3")
      .evaluateAll((all) => all.map(({ textContent, id }) => ({ heading: textContent ?? "", id })));
    const codes = entries.filter(({ heading }) => / \((?:status|verify)\)$/.test(heading));
    const texts = codes.map(({ heading, id }) => ({ text: heading.split(" ")[0] ?? "", id }));
    const found = await paste(texts.map(({ text }) => text));

    expect(codes.length).toBeGreaterThan(80);
    const first = (text: string): string => found.get(text)?.[0] ?? "";
    // Some codes are of both.
    expect(texts.filter(({ text }) => !first(text).startsWith(`docs/troubleshooting.html#${placeOf(text)}-`))).toEqual(
      [],
    );
  });

  test.each([
    [
      "Invocation of model ID anthropic.claude-opus-9 with on-demand throughput isn't supported.",
      "model-needs-profile",
    ],
    ["PATH_ENCODED_ONCE", "PATH_ENCODED_ONCE (verify)"],
    ["不支持按需吞吐量", "model-needs-profile"],
  ])("%j is found", async (query, heading) => {
    const page = await open("index.html");
    await page.getByLabel("Paste an error of AWS").fill(query);

    expect(await page.locator("#found a").first().textContent()).toBe(heading);
  });

  test.each([
    ["docs/troubleshooting.zh.html", "model-needs-profile", "故障排除"],
    ["docs/troubleshooting.html", "model-needs-profile", "Troubleshooting"],
    ["docs/troubleshooting.html", "推理配置文件", "故障排除"],
  ])("on %s %j is found on a page in one language", async (path, query, title) => {
    const page = await open(path);
    await page.getByRole("textbox").fill(query);
    const titles = await page.locator("#found span").allTextContents();

    expect(titles).toContain(` – ${title}`);
    expect(titles).not.toContain(` – ${title === "Troubleshooting" ? "故障排除" : "Troubleshooting"}`);
  });

  test("what fits nothing is said, and Escape clears the field", async () => {
    const page = await open("index.html");
    const field = page.getByLabel("Paste an error of AWS");
    await field.fill("zzzqqq");

    expect(await page.getByRole("status").textContent()).toMatch(/^Nothing fits/);
    await field.press("Escape");
    expect(await field.inputValue()).toBe("");
    expect(await page.getByRole("status").textContent()).toBe("");
  });

  test("what is pasted is shown as text", async () => {
    const page = await open("index.html");
    await page.getByLabel("Paste an error of AWS").fill("<img src=x onerror=alert(1)> access-denied");

    expect(await page.locator("#found img").count()).toBe(0);
  });

  test("without scripts there is no search, and everything else", async () => {
    const page = await open("docs/troubleshooting.html", false);

    expect(await page.locator("search").isVisible()).toBe(false);
    await page.getByRole("navigation").getByRole("link", { name: "Differences" }).click();
    expect(await page.locator("h1").textContent()).toBe("Where the fake differs from AWS");
  });

  test("nothing is asked of a network, and nothing fails", () => expect(browsers.problems).toEqual([]));
});
