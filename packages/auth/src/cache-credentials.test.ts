import { describe, expect, test } from "vitest";
import { cacheCredentials } from "./cache-credentials.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

function setUp(lifetimeMs?: number) {
  let time = 0;
  let fetched = 0;
  const cache = cacheCredentials(
    async () => {
      fetched++;
      await Promise.resolve();
      return lifetimeMs === undefined
        ? { ...credentials }
        : { ...credentials, expiration: new Date(time + lifetimeMs) };
    },
    { now: () => new Date(time) },
  );
  return { ...cache, count: () => fetched, at: (milliseconds: number) => (time = milliseconds) };
}

describe("cacheCredentials()", () => {
  test.each([
    ["five minutes before they end", 1_000_000, 700_000],
    ["an hour where they have no end", undefined, 3_600_000],
  ])("keeps them until %s", async (_, lifetimeMs, until) => {
    const { get, count, at } = setUp(lifetimeMs);
    await get();
    at(until - 1);
    await get();
    expect(count()).toBe(1);
    at(until);
    await get();
    expect(count()).toBe(2);
  });

  test("fetches once for all who ask at the same time, at the start and at the end", async () => {
    const { get, count, at } = setUp(1_000_000);
    await Promise.all(Array.from({ length: 10 }, get));
    expect(count()).toBe(1);
    at(999_999);
    await Promise.all(Array.from({ length: 10 }, get));
    expect(count()).toBe(2);
  });

  test("does not remember a failure", async () => {
    let attempts = 0;
    const { get } = cacheCredentials(async () => {
      if (attempts++ === 0) throw new Error("not yet");
      return credentials;
    });

    await expect(get()).rejects.toThrow("not yet");
    await expect(get()).resolves.toEqual(credentials);
  });

  test("forgets when it is told to, a fetch under way too", async () => {
    const { get, count, clear, peek } = setUp();
    const first = get();
    clear();
    await first;
    expect(peek()).toBeUndefined();
    await get();
    expect(count()).toBe(2);
    expect(peek()).toEqual(credentials);
  });
});
