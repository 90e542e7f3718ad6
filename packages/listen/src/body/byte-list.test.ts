import { soakLength, soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteList } from "./byte-list.ts";

test("ByteList joins what was pushed, however it was cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 1_500, size: "max" }), { maxLength: 40 }),
      fc.nat({ max: 600 }),
      (pieces, small) => {
        const all = [...pieces, ...Array.from({ length: small }, (_, index) => Uint8Array.of(index)), ...pieces];
        const list = new ByteList();
        for (const piece of all) list.push(piece);

        expect(list.length).toBe(all.reduce((sum, { length }) => sum + length, 0));
        expect(Buffer.from(list.join()).equals(Buffer.concat(all))).toBe(true);
      },
    ),
    soakProperty(100, 25),
  );
});

test("ByteList gives the only piece as it is", () => {
  const list = new ByteList();
  const piece = Uint8Array.of(1, 2, 3);
  list.push(piece);

  expect(list.join()).toBe(piece);
});

const tiny = soakLength(1_000_000, 250_000);

test(`ByteList does not keep ${tiny} tiny pieces apart`, () => {
  const list = new ByteList();
  const before = process.memoryUsage();
  for (let count = 0; count < tiny; count++) list.push(new Uint8Array(1));
  const after = process.memoryUsage();

  expect(list.length).toBe(tiny);
  // Each would take some two hundred bytes.
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(tiny * 100);
});
