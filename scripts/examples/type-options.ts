/** How examples are compiled: strictly, as a module each, and read by runtimes as they are. */
export const TYPE_OPTIONS = {
  noEmit: true,
  strict: true,
  target: "es2024",
  module: "nodenext",
  lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
} as const;
