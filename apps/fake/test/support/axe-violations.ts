import axe from "axe-core";
import type { Page } from "playwright-core";

/** Rules whose answer depends on the colours and the width of the window; all others look at the elements alone. */
const RULES_OF_VIEW = ["color-contrast", "link-in-text-block", "target-size"];

/**
 * What keeps somebody from using a page, as axe finds it.
 *
 * @param page What is looked at, as it stands.
 * @param isKnown Whether axe has seen all of it in other colours, or at another width: then only what depends on those is asked.
 */
export async function axeViolations(page: Page, isKnown = false): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    async (options) => {
      const { axe: found } = globalThis as unknown as { axe: typeof import("axe-core") };
      const { violations } = await found.run(document, { ...options, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
    },
    isKnown ? { runOnly: RULES_OF_VIEW } : {},
  );
}
