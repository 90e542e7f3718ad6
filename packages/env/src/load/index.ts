export { readTextFile } from "./read-text-file.ts";
export { loadConfigInput, type LoadOptions } from "./load-config-input.ts";
