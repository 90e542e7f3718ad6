/**
 * What a {@link BedrockError} can say.
 *
 * | code | meaning |
 * |---|---|
 * | `ARN_PREFIX` | a text does not begin with `arn:` |
 * | `ARN_FIELDS` | an ARN has too few fields, or one is empty |
 * | `ARN_ACCOUNT_ID` | the account is not twelve digits |
 * | `ARN_RESOURCE_KIND` | the ARN names no model, profile or other resource of Bedrock that is known |
 * | `PROFILE_ID` | the id is not that of a system inference profile |
 * | `MODEL_PATH_ENCODING` | a path segment cannot be decoded, or a model id cannot be encoded |
 */
export type BedrockErrorCode =
  | "ARN_PREFIX"
  | "ARN_FIELDS"
  | "ARN_ACCOUNT_ID"
  | "ARN_RESOURCE_KIND"
  | "PROFILE_ID"
  | "MODEL_PATH_ENCODING";

// A message that carries a megabyte of input helps no one.
const MAX_SHOWN_CHARACTERS = 120;

function shorten(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text;
}

/** Thrown when a text is not the Bedrock name it was taken for; {@link BedrockError.code} says in which way. */
export class BedrockError extends SyntaxError {
  override name = "BedrockError";
  /** Which rule the text breaks. */
  readonly code: BedrockErrorCode;
  /** The text that was given, in full; the message shows at most its first 120 characters. */
  readonly input: string;

  /**
   * @param code Which rule the text breaks.
   * @param input The text that was given.
   * @param problem What could not be done with it, such as `Cannot parse ARN`.
   * @param detail What was expected instead.
   * @param options The error that led to this one, as `cause`.
   */
  constructor(code: BedrockErrorCode, input: string, problem: string, detail: string, options?: ErrorOptions) {
    super(`${problem} "${shorten(input)}": ${detail}`, options);
    this.code = code;
    this.input = input;
  }
}
