import { seededRandom } from "@claude-on-aws/fixtures";
import { expect, test } from "vitest";
import { join } from "./gather.ts";
import { toPieces } from "./pieces.ts";

const random = seededRandom(20_261_201);
const SHORT_BYTES = 65_536;

/** Many short ones, and some that are longer than a write. */
const randomParts = (): Uint8Array[] =>
  Array.from({ length: Math.floor(random() * 6) }, () =>
    new Uint8Array(Math.floor(random() ** 6 * 400_000)).fill(random() * 256),
  );

test("parts that are ready are written as they are, at once where they are short, whatever their lengths", async () => {
  for (let run = 0; run < 300; run++) {
    const parts = randomParts();
    const whole = join(parts);
    const declaredBytes = random() < 0.5 ? whole.length : undefined;
    const found = toPieces(parts, declaredBytes);
    const writes: Uint8Array[] = [];
    if ("next" in found) {
      for (let next = await found.next(); next.done !== true; next = await found.next()) writes.push(next.value);
    } else writes.push(join(found));

    expect(join(writes).length).toBe(whole.length);
    expect(Buffer.compare(join(writes), whole)).toBe(0);
    expect(writes.length).toBeLessThanOrEqual(1 + Math.floor(whole.length / SHORT_BYTES));
  }
});

test("what is no bytes among them fails as a body does that fails", () => {
  const parts = [new Uint8Array(2), "text" as unknown as Uint8Array];

  expect(() => toPieces(parts, undefined)).toThrow(TypeError);
});
