import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseClientCatalog } from "../../bump-clients/client-catalog.ts";
import { formatClients } from "./format-clients.ts";

const workspace = await readFile(fileURLToPath(new URL("../../../pnpm-workspace.yaml", import.meta.url)), "utf8");
const catalog = parseClientCatalog(workspace);

test("names each client with the release that is pinned", () => {
  const text = formatClients(catalog, "1.2.3");

  expect(text).toContain("| Claude Code 1.2.3 |");
  expect(text).toContain(`\`@anthropic-ai/aws-sdk\` ${catalog["@anthropic-ai/aws-sdk"]}`);
});

test("refuses a catalog that lacks one", () => {
  expect(() => formatClients({}, "1.2.3")).toThrow("Cannot list @anthropic-ai/aws-sdk");
});
