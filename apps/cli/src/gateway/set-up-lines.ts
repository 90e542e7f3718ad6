import type { AwsProvider } from "@claude-on-aws/endpoints";
import { quoteForShell } from "../quote-for-shell.ts";
import { CLIENT_SET_UPS, type ClientSetUp, type GatewayAddress, NOT_SET } from "./client-set-ups.ts";

/**
 * Finds the set-ups of clients that a gateway serves.
 *
 * @param providers The services behind it.
 * @returns Those that one of them can answer.
 */
export const setUpsFor = (providers: readonly AwsProvider[]): readonly ClientSetUp[] =>
  CLIENT_SET_UPS.filter(
    (setUp) => setUp.providers.length === 0 || setUp.providers.some((one) => providers.includes(one)),
  );

/**
 * Writes the lines that lead clients to a gateway, one block for each set-up.
 *
 * @param address Where they find it.
 * @param providers The services behind it.
 * @returns The lines, with one that is empty between blocks.
 */
export function setUpLines(address: GatewayAddress, providers: readonly AwsProvider[]): string[] {
  const blocks = setUpsFor(providers).map((setUp, index) => {
    const variables = setUp.variables(address);
    const others = NOT_SET.filter((name) => !Object.hasOwn(variables, name));
    return [
      `# ${setUp.title}${index === 0 ? "" : " (instead of the first block)"}`,
      `unset ${others.join(" ")}`,
      ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoteForShell(value)}`),
      "",
    ];
  });
  return blocks.flat().slice(0, -1);
}
