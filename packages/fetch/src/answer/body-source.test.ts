import { expect, test } from "vitest";
import { sourceOfBytes, sourceOfStream, streamOf } from "./body-source.ts";

const BYTES = new TextEncoder().encode("abc");

test("bytes are given once, and none of what was cancelled", async () => {
  const source = sourceOfBytes(BYTES);
  expect([await source.read(), await source.read()]).toEqual([BYTES, null]);

  const cancelled = sourceOfBytes(BYTES);
  cancelled.cancel();
  expect(await cancelled.read()).toBeNull();
});

test("a stream that nobody read is handed on as it is; one that was read is not", async () => {
  const stream = new Blob(["abc"]).stream();
  expect(streamOf(sourceOfStream(stream))).toBe(stream);

  const read = sourceOfStream(new Blob(["abc"]).stream());
  expect(await read.read()).toEqual(BYTES);
  expect(await new Response(streamOf(read)).text()).toBe("");
});

test("a stream of a source is read no faster than it is asked for, cancels it, and fails as it does", async () => {
  let [reads, cancels] = [0, 0];
  const source = { read: () => Promise.resolve((reads += 1) > 3 ? null : BYTES), cancel: () => void (cancels += 1) };
  const reader = streamOf(source).getReader();
  await reader.read();
  expect(reads).toBe(1);
  await reader.cancel();
  expect(cancels).toBe(1);

  const failure = new Error("broken");
  const failing = streamOf({ read: () => Promise.reject(failure), cancel: () => undefined });
  await expect(failing.getReader().read()).rejects.toBe(failure);
});
