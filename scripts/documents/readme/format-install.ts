import { code } from "../troubleshooting/markdown.ts";

/** What a package says of itself to those who install it. */
export interface Installable {
  /** On npm. */
  readonly name: string;
  /** On JSR. */
  readonly jsrName: string;
  /** Whether it is a command, which is run more often than installed. */
  readonly isCommand: boolean;
  /** The least version of Node, such as `22.12`. */
  readonly node: string;
  /** The least version of TypeScript. */
  readonly typescript: string;
  /** What comes with it. */
  readonly dependencies: readonly string[];
}

/**
 * Writes how to install a package, what it runs on and what it brings along.
 *
 * @returns Markdown.
 */
export function formatInstall(installable: Installable): string {
  const { node, typescript, dependencies } = installable;
  const lines = installable.isCommand ? commandLines(installable) : packageLines(installable);
  const width = Math.max(...lines.map(([command]) => command.length));
  const names = dependencies.length === 0 ? "none" : dependencies.map((name) => code(name)).join(", ");
  return [
    "<!-- not run: one line for each way; the stories and examples install from what is packed -->",
    "```sh",
    ...lines.map(([command, what]) => `${command.padEnd(width)}  # ${what}`),
    "```",
    "",
    `Bun, Deno and Node ≥ ${node}; types for TypeScript ≥ ${typescript}. Dependencies: ${names}.`,
  ].join("\n");
}

const packageLines = ({ name, jsrName }: Installable): readonly (readonly [string, string])[] => [
  [`npm install ${name}`, "npm; or pnpm add, yarn add"],
  [`bun add ${name}`, "Bun"],
  [`deno add jsr:${jsrName}`, "Deno"],
  [`npx jsr add ${jsrName}`, "from JSR with npm"],
];

const commandLines = ({ name }: Installable): readonly (readonly [string, string])[] => [
  [`npx ${name} status`, "Node"],
  [`bunx --bun ${name} status`, "Bun"],
  [`deno run --allow-all npm:${name} status`, "Deno"],
  [`npm install --save-dev ${name}`, "to keep it in a project"],
];
