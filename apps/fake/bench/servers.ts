import { fileURLToPath } from "node:url";

/** A file of this folder's `servers`. */
export const serverFile = (name: string): string => fileURLToPath(new URL(`./servers/${name}`, import.meta.url));

/** The runtimes, and how each runs a file. */
export const RUNTIMES: Readonly<Record<"Bun" | "Deno" | "Node", readonly string[]>> = {
  Bun: ["bun"],
  Deno: ["deno", "run", "-A"],
  Node: ["node"],
};

export type RuntimeName = keyof typeof RUNTIMES;

/** Every runtime's name. */
export const RUNTIME_NAMES = Object.keys(RUNTIMES) as readonly RuntimeName[];

/** The command that runs a file of this folder's `servers` on a runtime. */
export const commandOf = (runtime: RuntimeName, name: string, ...args: string[]): readonly string[] => [
  ...RUNTIMES[runtime],
  serverFile(name),
  ...args,
];

/** A server to measure. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
}

/** What everything is compared with. */
export const PEER: Contender = { name: "aimock on Node", command: commandOf("Node", "aimock.ts") };

/** Everything that is measured under load. */
export const CONTENDERS: readonly Contender[] = [
  PEER,
  { name: "msw http-middleware on Node", command: commandOf("Node", "msw.ts") },
  ...RUNTIME_NAMES.flatMap((runtime) => [
    { name: `fake --http 1 on ${runtime}`, command: commandOf(runtime, "fake.ts", "1") },
    { name: `fake --http auto on ${runtime}`, command: commandOf(runtime, "fake.ts", "auto") },
    {
      name: `limit: bare ${runtime}`,
      command: commandOf(runtime, runtime === "Node" ? "bare-node.ts" : "bare-fetch.ts"),
    },
  ]),
];
