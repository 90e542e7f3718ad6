/** What becomes of an output of a command: it is collected, goes where this process's own goes, or is shown. */
export type OutputTarget = "collect" | "inherit" | ((text: string) => void);
