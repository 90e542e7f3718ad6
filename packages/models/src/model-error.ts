/**
 * What a {@link ModelError} can say.
 *
 * | code | meaning |
 * |---|---|
 * | `MODEL_ID` | a text is not a model id in any spelling |
 * | `MODEL_UNKNOWN` | the model is not in the catalogue |
 * | `MODEL_NOT_SERVED` | the service that was asked for does not serve the model |
 */
export type ModelErrorCode = "MODEL_ID" | "MODEL_UNKNOWN" | "MODEL_NOT_SERVED";

// A message that carries a megabyte of input helps no one.
const MAX_SHOWN_CHARACTERS = 120;

function shorten(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text;
}

/** Thrown when a text names no Claude model, or one that cannot be written the way that was asked for. */
export class ModelError extends SyntaxError {
  override name = "ModelError";
  /** What is wrong with the text. */
  readonly code: ModelErrorCode;
  /** The text that was given. */
  readonly input: string;

  /**
   * @param code What is wrong with the text.
   * @param input The text that was given; the message shows at most its first 120 characters.
   * @param problem What could not be done with it.
   * @param detail What was expected instead.
   */
  constructor(code: ModelErrorCode, input: string, problem: string, detail: string) {
    super(`${problem} "${shorten(input)}": ${detail}`);
    this.code = code;
    this.input = input;
  }
}
