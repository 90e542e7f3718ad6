export { loadConfigInput, type LoadOptions } from "./load-config-input.ts";
