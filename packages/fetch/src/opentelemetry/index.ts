/**
 * Traces for OpenTelemetry; needs `@opentelemetry/api`.
 *
 * @module
 */
export { ATTRIBUTE_NAMES, CONVENTIONS_VERSION, OPERATION_NAMES, PROVIDER_NAMES } from "./attribute-names.ts";
export { createTracingHooks } from "./create-tracing-hooks.ts";
