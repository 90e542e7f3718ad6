import { describe, expect, test } from "vitest";
import { absoluteLinks, internalTargets } from "./absolute-links.ts";

const HERE = "https://github.com/owner/name";

describe("absoluteLinks()", () => {
  test.each([
    ["[fake](../fake)", `[fake](${HERE}/tree/main/apps/fake)`],
    ["[fake](../fake#other-answers)", `[fake](${HERE}/tree/main/apps/fake#other-answers)`],
    ["[plan](../../ARCHITECTURE.md)", `[plan](${HERE}/blob/main/ARCHITECTURE.md)`],
    ["![page](images/page.png)", `![page](${HERE}/raw/main/apps/cli/images/page.png)`],
    ["[`a`](../x) and [b](../y)", `[\`a\`](${HERE}/tree/main/apps/x) and [b](${HERE}/tree/main/apps/y)`],
    [
      "[![page](images/page.png)](../fake)",
      `[![page](${HERE}/raw/main/apps/cli/images/page.png)](${HERE}/tree/main/apps/fake)`,
    ],
    ["[own](#place)", "[own](#place)"],
    ["[site](https://example.com/a)", "[site](https://example.com/a)"],
    ["```\n[code](../fake)\n```", "```\n[code](../fake)\n```"],
  ])("makes of %j %j", (markdown, expected) => {
    expect(absoluteLinks(markdown, "apps/cli", HERE)).toBe(expected);
  });

  test("leaves everything as it is where the repository has no address yet", () => {
    expect(absoluteLinks("[fake](../fake)", "apps/cli", "")).toBe("[fake](../fake)");
  });
});

test("internalTargets() lists what lies in the file and beside it", () => {
  const markdown = "[a](../a#b) [![c](c.png)](d) [e](#f) [g](https://h)\n```\n[i](j)\n```";
  expect(internalTargets(markdown)).toEqual(["../a#b", "c.png", "d", "#f"]);
});
