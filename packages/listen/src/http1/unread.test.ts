import fc from "fast-check";
import { expect, test } from "vitest";
import { Unread } from "./unread.ts";

const step = fc.oneof(
  fc.record({ push: fc.uint8Array({ minLength: 1, maxLength: 50 }) }),
  fc.record({ skip: fc.nat({ max: 60 }) }),
  fc.constant({ takeAll: true }),
);

test("Unread gives what was pushed, in its order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const unread = new Unread();
      let expected = Buffer.alloc(0);
      for (const action of steps) {
        if ("push" in action) {
          unread.push(Buffer.from(action.push));
          expected = Buffer.concat([expected, action.push]);
        } else if ("skip" in action) {
          const count = Math.min(action.skip, unread.length);
          unread.skip(count);
          expected = expected.subarray(count);
        } else {
          expect(unread.takeAll().equals(expected)).toBe(true);
          expected = Buffer.alloc(0);
        }
        expect(unread.length).toBe(expected.length);
        expect(unread.bytes.equals(expected)).toBe(true);
      }
    }),
  );
});

test("Unread does not write over what was taken", () => {
  const unread = new Unread();
  unread.push(Buffer.from("one"));
  unread.push(Buffer.from("two"));
  unread.skip(3);
  const taken = unread.takeAll();
  unread.push(Buffer.from("three"));
  unread.push(Buffer.from("four"));

  expect(taken.toString()).toBe("two");
  expect(unread.bytes.toString()).toBe("threefour");
});

test("Unread copies a byte at a time no more often than it must", () => {
  const unread = new Unread();
  const buffers = new Set<ArrayBufferLike>();
  for (let count = 0; count < 65_536; count++) {
    unread.push(Buffer.from([count]));
    buffers.add(unread.bytes.buffer);
  }

  expect(unread.length).toBe(65_536);
  // Each is twice as long as the one before.
  expect(buffers.size).toBeLessThan(25);
});
