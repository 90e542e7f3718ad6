import { Random } from "@claude-on-aws/fixtures";
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { presignRequest, signRequest } from "../src/sigv4/index.ts";
import { carryOut, drawPlan } from "./diagnose/plan.ts";

const FOLDER = fileURLToPath(new URL("../src", import.meta.url));
const SOURCE = `
  export * from "./sigv4/index.ts";
  export { digest } from "./sigv4/digest.ts";
  export { diagnoseMismatch } from "./diagnose/index.ts";
`;

type Web = typeof import("../src/sigv4/index.ts") &
  typeof import("../src/sigv4/digest.ts") &
  typeof import("../src/diagnose/index.ts");

/** The package as a browser loads it: beside the one that is loaded here, and without a `process`. */
async function loadForWeb(): Promise<Web> {
  const { outputFiles } = await build({
    stdin: { contents: SOURCE, resolveDir: FOLDER, loader: "ts" },
    bundle: true,
    write: false,
    platform: "browser",
    format: "esm",
    target: "es2023",
    define: { process: "undefined" },
  });
  return (await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`
  )) as Web;
}

describe("on a runtime without node:crypto", () => {
  test("the same is signed, presigned, verified and diagnosed", async () => {
    const web = await loadForWeb();
    expect(web.digest.sha256Hex("")).toBeInstanceOf(Promise);

    for (let seed = 1; seed <= 8; seed++) {
      const { credentials, region, service, time: date } = drawPlan(new Random(seed));
      const { request, options } = carryOut(drawPlan(new Random(seed)));
      const how = { credentials, region, service, date };
      expect(await web.signRequest(request, how)).toEqual(await signRequest(request, how));
      expect(await web.presignRequest(request, how)).toEqual(await presignRequest(request, how));
      expect(await web.verifyRequest(request, options)).toMatchObject({ ok: true });
      const { mistakes } = await web.diagnoseMismatch({ ...request, method: "PATCH" }, options);
      expect(mistakes.map(({ code }) => code)).toEqual(["METHOD_CHANGED"]);
    }
  });
});
