import type { InstalledPackage } from "./install-program.ts";

/**
 * The Agent SDK that starts the program in some turns. It brings a program of its own, which is left out: the one that is run is
 * that of the other turns.
 *
 * @see `npm view @anthropic-ai/claude-agent-sdk@0.3.332 dist.integrity`; made for Claude Code 2.1.332.
 */
export const AGENT_SDK: InstalledPackage = {
  name: "@anthropic-ai/claude-agent-sdk",
  version: "0.3.332",
  integrity: "sha512-N0ejnrTLMNJYXkvhdmLEy8QSfjym2ljJCkUBCrLKesYNGgqooi8zHDHawNsi+An6zav/ImPnpi27sbRsRjfcOw==",
  file: "sdk.mjs",
};
