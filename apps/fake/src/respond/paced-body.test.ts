import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pacedBody } from "./paced-body.ts";

const PIECES = [1, 2, 3].map((value) => Uint8Array.of(value));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe("pacedBody()", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("gives the first piece at once, and the others when they are due", async () => {
    const body = pacedBody(PIECES, (index) => index * 100);
    expect(await body.next()).toEqual({ done: false, value: PIECES[0] });

    let second: unknown;
    const due = body.next().then((result) => (second = result));
    await vi.advanceTimersByTimeAsync(99);
    expect(second).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await due;
    expect(second).toEqual({ done: false, value: PIECES[1] });
  });

  test("gives all pieces and ends", async () => {
    const read = collect(pacedBody(PIECES, (index) => index * 100));
    await vi.advanceTimersByTimeAsync(1_000);

    expect(await read).toEqual(PIECES);
  });

  test("is over at once where it is ended while a piece is waited for", async () => {
    const body = pacedBody(PIECES, (index) => index * 600_000);
    await body.next();
    const waited = body.next();
    await body.return?.();

    expect(await waited).toEqual({ done: true, value: undefined });
    expect(await body.next()).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
  });
});
