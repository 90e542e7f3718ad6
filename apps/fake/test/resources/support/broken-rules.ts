import type { FakeCore } from "../../../src/server.ts";

/** The rules that a client broke, with what was found. */
export const brokenRules = (core: FakeCore): readonly unknown[] =>
  core.journal
    .snapshot()
    .exchanges.flatMap(({ findings, operation }) =>
      findings.filter(({ level }) => level !== "pass").map((finding) => ({ operation, ...finding })),
    );
