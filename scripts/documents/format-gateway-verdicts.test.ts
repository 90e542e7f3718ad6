import { readdir, readFile } from "node:fs/promises";
import { GATEWAY_CHECKS } from "../../apps/fake/src/gateway-checks.ts";
import { expect, test } from "vitest";
import type { GatewayVerdicts } from "../gateways/gateway-set-up.ts";
import { GATEWAY_VERDICT_FILES } from "./format-gateway-verdicts.ts";

const FOLDER = new URL("../../fixtures/gateway-verdicts/", import.meta.url);

const files = await readdir(FOLDER);

test("every file of results is on the page", () => {
  expect(files.toSorted()).toEqual([...GATEWAY_VERDICT_FILES].toSorted());
});

test.each(files)(
  "%s has no result of a check that is gone, and says what was found where one is broken",
  async (file) => {
    const gateways = JSON.parse(await readFile(new URL(file, FOLDER), "utf8")) as readonly GatewayVerdicts[];
    const ids = new Set(GATEWAY_CHECKS.map(({ id }) => id));
    const results = gateways.flatMap(({ checks }) => checks);

    expect(results.filter(({ id }) => !ids.has(id))).toEqual([]);
    expect(results.filter(({ verdict, found }) => (verdict === "broken") !== (found !== undefined))).toEqual([]);
  },
);
