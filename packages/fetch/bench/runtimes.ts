/** How a program is started on each runtime. */
export const RUNTIMES = { Node: ["node"], Bun: ["bun"], Deno: ["deno", "run", "-A"] } as const;
