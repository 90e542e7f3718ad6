import { SOAK } from "@claude-on-aws/fixtures";

/** A way to look at a page: colours, and a window's width in pixels. */
type View = readonly [colorScheme: "light" | "dark", width: number];

/** Each of the colours, and each of the widths; every one with every other at full length. */
export const VIEWS: readonly View[] = [
  ["light", 1280],
  ["dark", 320],
  ...(SOAK
    ? ([
        ["dark", 1280],
        ["light", 320],
      ] as const)
    : []),
];
