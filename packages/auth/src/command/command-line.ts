/** A text for the shell of the machine, or a program with its arguments, which no shell reads. */
export type CommandLine = string | readonly [program: string, ...args: string[]];
