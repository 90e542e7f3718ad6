import manifest from "../package.json" with { type: "json" };

/**
 * Says why this runtime cannot run the command line. It is asked before anything else is loaded, and so imports nothing.
 *
 * @param versions `process.versions`.
 * @returns A sentence; `undefined` on Bun and Deno, and where Node is new enough.
 */
export function findRuntimeProblem(versions: Readonly<Record<string, string | undefined>>): string | undefined {
  if (versions["bun"] !== undefined || versions["deno"] !== undefined) return undefined;
  const least = manifest.engines.node.replace(">=", "");
  const found = versions["node"] ?? "of an unknown version";
  if (isAtLeast(found, least)) return undefined;
  // bunx takes the Node that a package asks for, where there is one.
  const others = "bunx --bun claude-on-aws, or deno run --allow-all npm:claude-on-aws";
  return `Cannot run claude-on-aws on Node ${found}: expected Node ${least} or newer; install it, or use ${others}.`;
}

/** Whether a version is as new as another, which has two numbers. */
function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
