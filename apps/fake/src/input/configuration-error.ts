import { InputError, type InputErrorFacts } from "./input-error.ts";

/** What is wrong with a configuration: it is no JSON, a key is unknown or missing, a value does not fit, a policy cannot be used. */
export type ConfigurationErrorCode =
  | "CONFIGURATION_JSON"
  | "CONFIGURATION_KEY"
  | "CONFIGURATION_VALUE"
  | "CONFIGURATION_POLICY";

/** What {@link ConfigurationError} knows. */
export type ConfigurationErrorFacts = InputErrorFacts;

/** A configuration that cannot be used. */
export class ConfigurationError extends InputError<ConfigurationErrorCode> {
  override readonly name: string = "ConfigurationError";

  constructor(code: ConfigurationErrorCode, facts: ConfigurationErrorFacts) {
    super("Cannot use configuration", code, facts);
  }
}
