import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The oldest Node that the packages promise to run on; it reads TypeScript only where it is told to. */
const LEAST_NODE = "22.12.0";

/** Package of npm that holds that Node, for this machine; `undefined` where there is none. */
const LEAST_NODE_PACKAGE: string | undefined =
  process.platform === "linux" || process.platform === "darwin"
    ? `npm:node-${process.platform}-${process.arch}@${LEAST_NODE}`
    : undefined;

/** What runs a program. */
export interface ProgramRuntime {
  readonly name: string;
  /** A program of one TypeScript file follows. */
  readonly command: readonly string[];
  /** Libraries whose import alone keeps a program from ending there. */
  readonly heldOpenBy?: readonly string[] | undefined;
}

const LEAST: ProgramRuntime = {
  name: `Node ${LEAST_NODE}`,
  command: [
    "../least-node/node_modules/least-node/bin/node",
    "--experimental-strip-types",
    "--disable-warning=ExperimentalWarning",
  ],
};

/** What the packages promise to run on. */
export const PROGRAM_RUNTIMES: readonly ProgramRuntime[] = [
  { name: "Bun", command: ["bun"] },
  {
    name: "Deno",
    command: ["deno", "run", "--allow-all", "--no-lock", "--node-modules-dir=manual"],
    // msw opens a BroadcastChannel as it is imported; that of Deno has no `unref`.
    heldOpenBy: ["msw"],
  },
  { name: "Node", command: ["node"] },
  ...(LEAST_NODE_PACKAGE === undefined ? [] : [LEAST]),
];

/**
 * Writes a package that installs the oldest Node. It has it for itself: a program of npm takes the Node that is installed
 * beside it.
 *
 * @param folder The package; it is made.
 */
export async function prepareLeastNode(folder: string): Promise<void> {
  await mkdir(folder);
  const dependencies = LEAST_NODE_PACKAGE === undefined ? {} : { "least-node": LEAST_NODE_PACKAGE };
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "runtimes", private: true, dependencies }));
}
