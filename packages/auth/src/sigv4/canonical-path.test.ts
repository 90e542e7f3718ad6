import { describe, expect, test } from "vitest";
import { canonicalPath } from "./canonical-path.ts";

describe("canonicalPath()", () => {
  test.each([
    ["the root", "/", "/"],
    ["nothing", "", "/"],
    ["a raw colon, once more", "/model/a:0/invoke", "/model/a%3A0/invoke"],
    ["an encoded colon, once more", "/model/a%3A0/invoke", "/model/a%253A0/invoke"],
    ["an encoded slash, once more", "/model/arn%3Aaws%2Fx/invoke", "/model/arn%253Aaws%252Fx/invoke"],
    ["empty segments", "/rt//model///a", "/rt/model/a"],
    ["dot segments", "/a/./b/../c", "/a/c"],
    ["more parents than there are", "/../../a", "/a"],
    ["a trailing slash, which stays", "/a/", "/a/"],
    ["several trailing slashes", "/a//", "/a/"],
    ["a trailing parent, which leaves no slash", "/a/b/..", "/a"],
    ["a trailing dot, which leaves no slash", "/a/b/.", "/a/b"],
    ["a slash behind a trailing parent, which stays", "/a/b/../", "/a/"],
    ["slashes alone", "//", "/"],
    ["unreserved characters, which stay", "/a-b_c.d~e", "/a-b_c.d~e"],
    ["characters that encodeURIComponent leaves", "/!'()*", "/%21%27%28%29%2A"],
    ["a character outside ASCII", "/é", "/%C3%A9"],
    ["half a surrogate pair", "/\ud800", "/%EF%BF%BD"],
  ])("handles %s", (_, path, canonical) => {
    expect(canonicalPath(path)).toBe(canonical);
  });
});

/** The paths of AWS's published test suite for Signature Version 4, folder `normalize-path`, 2015-08-30. */
test.each([
  ["get-relative", "/example/..", "/"],
  ["get-relative-relative", "/example1/example2/../..", "/"],
  ["get-slash", "//", "/"],
  ["get-slash-dot-slash", "/./", "/"],
  ["get-slash-pointless-dot", "/./example", "/example"],
  ["get-slashes", "//example//", "/example/"],
  ["get-space", "/example space/", "/example%20space/"],
])("canonicalPath() does what AWS's test suite says of %s", (_, path, canonical) => {
  expect(canonicalPath(path)).toBe(canonical);
});
