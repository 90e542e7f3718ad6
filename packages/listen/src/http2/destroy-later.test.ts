import type { ServerHttp2Session } from "node:http2";
import { expect, test } from "vitest";
import { destroyLater } from "./destroy-later.ts";

test("destroys a session when the callback that asks for it has returned, with the same reason", async () => {
  const log: unknown[] = [];
  const session = { destroy: (...reason: unknown[]) => void log.push(["destroyed", ...reason]) };
  destroyLater(session as unknown as ServerHttp2Session);
  session.destroy("the reason", 2);
  await Promise.resolve();
  log.push("returned");
  await new Promise((resolve) => setTimeout(resolve, 10));

  expect(log).toEqual(["returned", ["destroyed", "the reason", 2]]);
});
