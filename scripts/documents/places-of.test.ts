import { expect, test } from "vitest";
import { placesOf } from "./places-of.ts";

test("placesOf() names headings as GitHub does", () => {
  const markdown =
    "# Why is my signature wrong?\n## `fake run` [here](x)\n```sh\n# no heading\n```\n## Other\n## Other\n";
  expect([...placesOf(markdown)]).toEqual(["why-is-my-signature-wrong", "fake-run-here", "other", "other-1"]);
});
