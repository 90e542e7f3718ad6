/** A header: its name in lower case, and its value. */
export type Header = readonly [name: string, value: string];
