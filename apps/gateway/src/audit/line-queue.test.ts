import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineQueue } from "./line-queue.ts";

const decoder = new TextDecoder();

describe("LineQueue", () => {
  test("gives what waits, and goes on in the middle of a line", () => {
    const queue = new LineQueue(100);
    queue.push("one\n");
    queue.push("two\n");
    queue.advance(5);

    expect(decoder.decode(queue.peek())).toBe("wo\n");
    expect(queue.length).toBe(1);
  });

  test("takes no more bytes than it may, and as many again when some are gone", () => {
    const queue = new LineQueue(8);

    expect([queue.push("one\n"), queue.push("two\n"), queue.push("3\n")]).toEqual([true, true, false]);
    queue.advance(4);
    expect(queue.push("3\n")).toBe(true);
  });

  test("ends a line that was given up before the next one", () => {
    const queue = new LineQueue(100);
    queue.push("one\n");
    queue.advance(2);
    expect(queue.drop()).toBe(1);
    queue.push("two\n");
    queue.drop();
    queue.push("three\n");

    expect(decoder.decode(queue.peek())).toBe("\nthree\n");
  });

  test("gives no batch of any length", () => {
    const queue = new LineQueue(10_000_000);
    for (let index = 0; index < 1000; index += 1) queue.push(`${"x".repeat(999)}\n`);

    expect(queue.peek().length).toBeLessThanOrEqual(262_144);
  });

  test("lets every line stand alone, whole or given up, whatever a target takes", () => {
    const step = fc.oneof(
      fc.record({ push: fc.string({ maxLength: 9 }).map((text) => text.replaceAll("\n", " ")) }),
      fc.record({ take: fc.nat({ max: 20 }) }),
      fc.constant({ drop: true }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const queue = new LineQueue(1000);
        const written: number[] = [];
        let number = 0;
        const take = (most: number): void => {
          const bytes = queue.peek().subarray(0, most);
          written.push(...bytes);
          if (bytes.length > 0) queue.advance(bytes.length);
        };
        for (const one of steps) {
          if ("push" in one) queue.push(`${(number += 1)} ${one.push}.\n`);
          else if ("take" in one) take(one.take);
          else queue.drop();
        }
        while (queue.length > 0) take(1000);
        const lines = decoder.decode(Uint8Array.from(written)).split("\n");

        // One that was given up may be missing or short; none stands behind another.
        const numbers = lines.filter((line) => line.endsWith(".")).map((line) => Number(line.split(" ")[0]));
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        expect(lines.filter((line) => /\.\d+ /.test(line))).toEqual([]);
      }),
      soakProperty(20_000, 500),
    );
  });
});
