import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { listenToSignals } from "./signals.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Listens to signals that a test sends, and counts what SIGHUP asks for. */
function setUp(isInTerminal: boolean) {
  const source = new EventEmitter();
  let reloads = 0;
  const signals = listenToSignals({ onReload: () => void (reloads += 1), isInTerminal, source });
  return {
    ...signals,
    send: (name: (typeof SIGNALS)[number]) => source.emit(name, name),
    reloads: () => reloads,
  };
}

describe("listenToSignals()", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "says that %s ends it, and leaves the next one to the system",
    async (name) => {
      const { stopped, send } = setUp(false);

      expect(send(name)).toBe(true);
      expect(await stopped).toBe(name);
      expect(SIGNALS.map(send)).toEqual([false, false, true]);
    },
  );

  test("has a service read its files with each SIGHUP", () => {
    const { reloads, send } = setUp(false);
    send("SIGHUP");
    send("SIGHUP");

    expect(reloads()).toBe(2);
  });

  test("ends with its terminal", async () => {
    const { stopped, reloads, send } = setUp(true);
    send("SIGHUP");

    expect(await stopped).toBe("SIGHUP");
    expect(reloads()).toBe(0);
  });

  test.each([false, true])("listens no longer when it is told so", (isInTerminal) => {
    const { end, send } = setUp(isInTerminal);
    end();

    expect(SIGNALS.map(send)).toEqual([false, false, false]);
  });
});
