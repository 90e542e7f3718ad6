import { describe, expect, test } from "vitest";
import type { Manifest } from "../shared/read-members.ts";
import { checkManifests } from "./check-manifests.ts";
import type { DenoManifest } from "./package-manifests.ts";

const manifest: Manifest = {
  name: "@x/a",
  version: "1.2.3",
  license: "MIT",
  exports: { ".": "./src/index.ts", "./b": "./src/b.ts" },
  bin: { a: "./src/bin.ts" },
  publishConfig: {
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./b": { types: "./dist/b.d.ts", default: "./dist/b.js" },
    },
    bin: { a: "./dist/bin.js" },
  },
};

const denoManifest: DenoManifest = {
  version: "1.2.3",
  license: "MIT",
  exports: { ".": "./src/index.ts", "./b": "./src/b.ts" },
};

const everything = () => true;
const allBut = (path: string) => (asked: string) => asked !== path;

describe("checkManifests()", () => {
  test("accepts a package that npm and JSR see alike", () => {
    expect(checkManifests({ manifest, denoManifest }, everything)).toEqual([]);
  });

  test("takes a single export of deno.json for the root entry", () => {
    const single: Manifest = {
      ...manifest,
      exports: { ".": "./src/index.ts" },
      publishConfig: { exports: { ".": { types: "./i.d.ts", default: "./i.js" } }, bin: { a: "./dist/bin.js" } },
    };
    const deno = { ...denoManifest, exports: "./src/index.ts" };
    expect(checkManifests({ manifest: single, denoManifest: deno }, everything)).toEqual([]);
  });

  test.each([
    ["LICENSE", /^LICENSE is missing$/],
    ["README.md", /^README\.md is missing$/],
    ["CHANGELOG.md", /^CHANGELOG\.md is missing$/],
    ["./src/b.ts", /^package\.json: exports has "\.\/src\/b\.ts": no such file$/],
    ["./src/bin.ts", /^package\.json: bin has "\.\/src\/bin\.ts": no such file$/],
    ["./dist/b.d.ts", /publishConfig\.exports has "\.\/dist\/b\.d\.ts": the build makes no such file$/],
    ["./dist/bin.js", /publishConfig\.bin has "\.\/dist\/bin\.js": the build makes no such file$/],
  ])("misses %s", (path, message) => {
    expect(checkManifests({ manifest, denoManifest }, allBut(path))).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, Partial<Manifest>, Partial<DenoManifest>, RegExp]>([
    ["another licence", { license: "ISC" }, { license: "ISC" }, /license is "ISC", expected "MIT"/],
    ["two licences", {}, { license: "ISC" }, /deno\.json: license is "ISC"/],
    ["two versions", {}, { version: "1.2.4" }, /deno\.json: version is "1\.2\.4", package\.json has "1\.2\.3"/],
    ["an entry that JSR lacks", {}, { exports: { ".": "./src/index.ts" } }, /^deno\.json: exports are/],
    [
      "an entry that is another file on JSR",
      {},
      { exports: { ".": "./src/index.ts", "./b": "./src/c.ts" } },
      /^deno\.json: exports are/,
    ],
    [
      "an entry that is not packed",
      { publishConfig: { ...manifest.publishConfig, exports: { ".": { types: "./i.d.ts", default: "./i.js" } } } },
      {},
      /publishConfig\.exports names \., exports names \., \.\/b/,
    ],
    [
      "an entry without types",
      {
        publishConfig: {
          ...manifest.publishConfig,
          exports: { ".": { types: "./i.d.ts", default: "./i.js" }, "./b": "./b.js" },
        },
      },
      {},
      /publishConfig\.exports "\.\/b" needs "types" first/,
    ],
    [
      "a program that is not packed",
      { publishConfig: { exports: manifest.publishConfig?.exports } },
      {},
      /publishConfig\.bin names nothing, bin names a/,
    ],
  ])("refuses %s", (_, change, denoChange, message) => {
    const problems = checkManifests(
      { manifest: { ...manifest, ...change }, denoManifest: { ...denoManifest, ...denoChange } },
      everything,
    );
    expect(problems).toEqual([expect.stringMatching(message)]);
  });

  test("refuses a package without deno.json", () => {
    expect(checkManifests({ manifest, denoManifest: undefined }, everything)).toEqual(["deno.json is missing"]);
  });
});
