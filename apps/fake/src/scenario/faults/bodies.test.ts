import { describe, expect, test } from "vitest";
import type { WireReply } from "../../terms/wire.ts";
import { beginningOf, inPieces, stalled } from "./bodies.ts";
import { Held } from "./held.ts";

type Body = WireReply["body"];

const BYTES = new TextEncoder().encode("It rains — 👩‍🚀 — in Paris");

async function* inThree(): AsyncGenerator<Uint8Array> {
  yield BYTES.subarray(0, 3);
  yield new Uint8Array();
  yield BYTES.subarray(3);
}

const piecesOf = async (body: Body): Promise<Uint8Array[]> => {
  const found: Uint8Array[] = [];
  for await (const piece of body instanceof Uint8Array ? [body] : body) found.push(piece);
  return found;
};

/** A body that tells whether it was left. */
function watched(): { body: AsyncIterable<Uint8Array>; isLeft: () => boolean } {
  let isLeft = false;
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: BYTES }),
      return: () => {
        isLeft = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  return { body, isLeft: () => isLeft };
}

describe("beginningOf()", () => {
  test.each([0, 1, 3, 4, BYTES.length, BYTES.length + 10])("is so many bytes, however they come: %i", async (bytes) => {
    const expected = BYTES.subarray(0, bytes);
    for (const body of [BYTES, [BYTES], inThree()]) {
      expect(Buffer.concat(await piecesOf(beginningOf(body, bytes)))).toEqual(Buffer.from(expected));
    }
  });

  test("lets go of the rest", async () => {
    const { body, isLeft } = watched();
    await piecesOf(beginningOf(body, 5));
    expect(isLeft()).toBe(true);
  });
});

describe("inPieces()", () => {
  test.each([1, 2, 7, 1_000])("gives all of it, at most %i bytes at a time", async (bytes) => {
    for (const body of [BYTES, [BYTES], inThree()]) {
      const pieces = await piecesOf(inPieces(body, () => bytes, 0));
      expect(Buffer.concat(pieces)).toEqual(Buffer.from(BYTES));
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(bytes);
      expect(pieces.every(({ length }) => length > 0)).toBe(true);
    }
  });

  test("ends at once where it is left while it waits", async () => {
    const { body, isLeft } = watched();
    const pieces = (inPieces(body, () => 1, 1_000_000) as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toHaveLength(1);
    const waiting = pieces.next();
    await pieces.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(isLeft()).toBe(true);
  });
});

describe("stalled()", () => {
  test("gives all of it, and ends when everything is let go of", async () => {
    const held = new Held();
    const pieces = (stalled(BYTES, held) as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toEqual(BYTES);
    const waiting = pieces.next();
    held.releaseAll();
    expect(await waiting).toMatchObject({ done: true });
  });

  test("ends where it is left", async () => {
    const pieces = (stalled(BYTES, new Held()) as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await pieces.next();
    const waiting = pieces.next();
    await pieces.return?.();
    expect(await waiting).toMatchObject({ done: true });
  });
});

test("a client that left before is not held", async () => {
  await new Held().hold(AbortSignal.abort()).released;
  const controller = new AbortController();
  const { released } = new Held().hold(controller.signal);
  controller.abort();
  expect(await released).toBeUndefined();
});
