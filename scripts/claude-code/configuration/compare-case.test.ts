import { describe, expect, test } from "vitest";
import { configurationRecordings, readJsonLines, type RecordedCase } from "../../../fixtures/index.ts";
import { planCase } from "../../../packages/fetch/test/plan-case.ts";
import { compareCase, formatDifferences } from "./compare-case.ts";

const { path, clientVersion } = configurationRecordings().find((row) => row.path.endsWith("/cases.jsonl"))!;
const cases = readJsonLines<RecordedCase>(path);
const request = cases.find(({ expect: recorded }) => "auth" in recorded && recorded.auth.type === "sigv4")!;

describe("compareCase()", () => {
  test("finds nothing where the tables agree", async () => {
    expect(compareCase(request.expect, await planCase(request, clientVersion))).toEqual([]);
  });

  test.each(["target", "bodyModel", "workspaceId", "cacheControl"])("names %s where it differs", async (field) => {
    const changed = { ...request.expect, [field]: "changed" } as RecordedCase["expect"];
    const differences = compareCase(changed, await planCase(request, clientVersion));
    expect(differences).toEqual([expect.objectContaining({ field, client: "changed" })]);
    expect(formatDifferences("a case", differences)[0]).toMatch(
      new RegExp(`^a case: ${field}: the client "changed", the tables `),
    );
  });

  test("names a request that was not sent, and one that was not planned", async () => {
    const planned = await planCase(request, clientVersion);
    const refused = compareCase({ error: "no", controlPlane: [] }, planned);
    expect(refused.find(({ field }) => field === "refused")).toEqual({
      field: "refused",
      client: true,
      tables: undefined,
    });
    const unplanned = compareCase(request.expect, { refused: true, controlPlane: [] });
    expect(unplanned.map(({ field }) => field)).toContain("auth.accessKeyId");
  });
});
