import { Random } from "@claude-on-aws/fixtures";
import process from "node:process";
import { afterEach, describe, expect, test, vi } from "vitest";
import { presignRequest, signRequest } from "../src/sigv4/index.ts";
import { carryOut, drawPlan } from "./diagnose/plan.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

describe("on a runtime without node:crypto", () => {
  test("the same is signed, presigned, verified and diagnosed", async () => {
    vi.resetModules();
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
    const web = await import("../src/sigv4/index.ts");
    const { digest } = await import("../src/sigv4/digest.ts");
    const { diagnoseMismatch } = await import("../src/diagnose/index.ts");
    expect(digest.sha256Hex("")).toBeInstanceOf(Promise);

    for (let seed = 1; seed <= 8; seed++) {
      const { credentials, region, service, time: date } = drawPlan(new Random(seed));
      const { request, options } = carryOut(drawPlan(new Random(seed)));
      const how = { credentials, region, service, date };
      expect(await web.signRequest(request, how)).toEqual(await signRequest(request, how));
      expect(await web.presignRequest(request, how)).toEqual(await presignRequest(request, how));
      expect(await web.verifyRequest(request, options)).toMatchObject({ ok: true });
      const { mistakes } = await diagnoseMismatch({ ...request, method: "PATCH" }, options);
      expect(mistakes.map(({ code }) => code)).toEqual(["METHOD_CHANGED"]);
    }
  });
});
