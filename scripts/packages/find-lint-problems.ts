import { publint } from "publint";
import { formatMessage } from "publint/utils";

/**
 * Finds what publint has against a package, warnings too; what it only suggests is left out.
 *
 * @param tarball What was packed.
 * @returns A line for each problem.
 */
export async function findLintProblems(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  // It reads the whole buffer, of which a small file may be a part.
  const { buffer } = new Uint8Array(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true, level: "error" });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}
