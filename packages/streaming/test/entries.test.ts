import * as all from "@claude-on-aws/streaming";
import * as claude from "@claude-on-aws/streaming/claude";
import * as eventStream from "@claude-on-aws/streaming/event-stream";
import * as sse from "@claude-on-aws/streaming/sse";
import { expect, test } from "vitest";

test("the root entry holds what the others hold, each thing once", () => {
  expect({ ...all }).toEqual({ ...claude, ...eventStream, ...sse });
  expect(all.StreamError).toBe(sse.StreamError);
});
