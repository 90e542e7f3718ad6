/**
 * What a test file does to its whole process, by a mark of it in its text. Test files share processes, since
 * starting one for each took two thirds of a run; a file with one of these marks gets a process of its own.
 */
const MARKS: readonly (readonly [mark: RegExp, reason: string])[] = [
  [/\bsetupServer\(|^\s*(?:const \w+ = )?useFake\(/m, "msw takes the place of the process's HTTP clients"],
  [/\bvi\.use(?:Fake|Real)Timers\(/, "the clock stands still for everything"],
  // Vitest itself takes back what vi.spyOn() replaced, after each file.
  [/\bvi\.(?:mock|stub\w+)\(/, "a module or a global is replaced"],
  [/process\.env\[.+\] = |delete process\.env\[/, "the environment changes"],
  [/\bprocess\.memoryUsage\(/, "memory of the process is measured"],
];

/**
 * Why a test file cannot share its process with others.
 *
 * @param text The text of the file.
 * @returns The reasons; empty where it can share one.
 */
export function findOwnProcessReasons(text: string): string[] {
  return MARKS.filter(([mark]) => mark.test(text)).map(([, reason]) => reason);
}
