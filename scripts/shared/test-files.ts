/** Where the files of tests lie, from the root. */
export const TEST_FILES: readonly string[] = ["{packages,apps}/*/{src,test}/**/*.test.ts", "scripts/**/*.test.ts"];
