/** What a test file does to its whole process, by a mark of it in its text. */
interface Mark {
  readonly mark: RegExp;
  /** What takes it back, also after a test that failed. */
  readonly unless?: RegExp;
  readonly reason: string;
}

/**
 * Test files share processes, since starting one for each took two thirds of a run; a file with one of these marks gets a
 * process of its own.
 */
const MARKS: readonly Mark[] = [
  { mark: /\bsetupServer\(|\btransport: "msw"/, reason: "msw takes the place of the process's HTTP clients" },
  {
    mark: /\bvi\.useFakeTimers\(/,
    unless: /\bafterEach\(\(\) => void vi\.useRealTimers\(\)\)/,
    reason: "the clock stands still for everything",
  },
  // Vitest itself takes back what vi.spyOn() replaced, after each file.
  { mark: /\bvi\.(?:mock|stub(?!Env)\w+)\(/, reason: "a module or a global is replaced" },
  {
    mark: /\bvi\.stubEnv\(/,
    unless: /\bafterEach\([^;]*\bvi\.unstubAllEnvs\(\)/,
    reason: "the environment changes",
  },
  { mark: /process\.env\[.+\] = |delete process\.env\[/, reason: "the environment changes" },
  // Not `rss`, which code for another process measures, nor `arrayBuffers`, which others hardly leave behind.
  { mark: /\bprocess\.memoryUsage\(\)(?!\.(?:rss|arrayBuffers)\b)/, reason: "the heap of the process is measured" },
];

/**
 * Why a test file cannot share its process with others.
 *
 * @param text The text of the file.
 * @returns The reasons; empty where it can share one.
 */
export function findOwnProcessReasons(text: string): string[] {
  return MARKS.filter(({ mark, unless }) => mark.test(text) && unless?.test(text) !== true).map(({ reason }) => reason);
}
