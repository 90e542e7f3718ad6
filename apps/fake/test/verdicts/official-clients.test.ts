import { readJson } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { installedVersion } from "./official-versions.ts";
import { OFFICIAL_CLIENTS } from "./programs.ts";
import { type ClientVerdicts, judgeClient } from "./situations.ts";

const RECORDED = readJson<readonly ClientVerdicts[]>("client-verdicts/official-clients.json");

/** They wait between their attempts as they do by themselves. */
const TIMEOUT_MS = 60_000;

describe("the verdicts that docs/client-verdicts.md shows", () => {
  test("are those of every official client", () => {
    expect(RECORDED.map(({ client }) => client)).toEqual(OFFICIAL_CLIENTS.map(({ name }) => name));
  });

  test.concurrent.each(OFFICIAL_CLIENTS)(
    "are those of $name today; pnpm write:client-verdicts writes them",
    { timeout: TIMEOUT_MS },
    async (client) => {
      const recorded = RECORDED.find(({ client: name }) => name === client.name);

      expect(await judgeClient(client, installedVersion(client.package))).toEqual(recorded);
    },
  );
});
