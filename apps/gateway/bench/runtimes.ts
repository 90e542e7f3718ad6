/** The runtimes that are compared. */
export type RuntimeName = "Node" | "Bun" | "Deno";

/** How each runs a program; all let it collect garbage when it wants to. */
export const RUNTIMES: Readonly<Record<RuntimeName, readonly [program: string, ...args: string[]]>> = {
  Node: ["node", "--expose-gc"],
  Bun: ["bun"],
  Deno: ["deno", "run", "-A", "--v8-flags=--expose-gc"],
};

/** Their names, in the order of the tables. */
export const RUNTIME_NAMES = Object.keys(RUNTIMES) as readonly RuntimeName[];

/** Bun sends 256 requests at once, unless its environment says otherwise, as the gateway's command does. */
export const ENVIRONMENT: Readonly<Record<string, string>> = { BUN_CONFIG_MAX_HTTP_REQUESTS: "65336" };
