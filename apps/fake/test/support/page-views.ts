/** Ways to look at a page: colours, and a window's width in pixels. */
export const VIEWS: readonly (readonly [colorScheme: "light" | "dark", width: number])[] = [
  ["light", 1280],
  ["dark", 1280],
  ["light", 320],
  ["dark", 320],
];
