import { SOAK } from "@claude-on-aws/fixtures";

/** A way to look at a page: colours, a window's width in pixels, and whether another way has shown the same elements before. */
type View = readonly [colorScheme: "light" | "dark", width: number, isKnown: boolean];

/** Each of the colours, and each of the widths; every one with every other at full length. */
export const VIEWS: readonly View[] = [
  ["light", 1280, false],
  ["dark", 320, !SOAK],
  ...(SOAK
    ? ([
        ["dark", 1280, false],
        ["light", 320, false],
      ] as const)
    : []),
];
