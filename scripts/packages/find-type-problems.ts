import { checkPackage, createPackageFromTarballData, type ResolutionKind } from "@arethetypeswrong/core";

/** How types are found by who cannot import these packages anyway: they are modules, with `exports`. */
const IGNORED: ReadonlySet<ResolutionKind> = new Set(["node10", "node16-cjs"]);

/**
 * Finds what is wrong with the types of a package, as whoever imports it resolves them.
 *
 * @param tarball What was packed.
 * @returns A line for each problem, with the entry that has it.
 */
export async function findTypeProblems(tarball: Uint8Array): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ["there are no types"];
  return analysis.problems.flatMap((problem) => {
    if ("resolutionKind" in problem && IGNORED.has(problem.resolutionKind)) return [];
    const { kind, ...details } = problem;
    return [`${kind}: ${JSON.stringify(details, (key, value: unknown) => (key === "trace" ? undefined : value))}`];
  });
}
