import { expect, test } from "vitest";
import { HeaderList } from "./header-list.ts";

test("HeaderList joins the values of one name, and keeps them apart as pairs", () => {
  const headers = new HeaderList([
    ["set-cookie", "a=1"],
    ["x-own", ""],
    ["set-cookie", "b=2"],
  ]);

  expect([headers.get("set-cookie"), headers.get("x-own"), headers.get("x-other")]).toEqual(["a=1, b=2", "", null]);
  expect([headers.has("x-own"), headers.has("x-other")]).toEqual([true, false]);
  expect([...headers]).toHaveLength(3);
});

test("HeaderList puts one header into the place of all of its name, and takes out all of some names", () => {
  const given = [
    ["a", "1"],
    ["b", "2"],
    ["a", "3"],
  ] as const;
  const headers = new HeaderList(given);
  headers.set("a", "4");
  expect(headers.pairs).toEqual([
    ["b", "2"],
    ["a", "4"],
  ]);
  headers.delete("a", "b", "c");

  expect(headers.pairs).toEqual([]);
  expect(given).toHaveLength(3);
});
