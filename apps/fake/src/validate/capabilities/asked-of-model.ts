/** What a body asks of the model that answers, whichever operation it is of. */
export interface AskedOfModel {
  /** `thinking`; absent where it is none. */
  readonly thinking: Readonly<Record<string, unknown>> | undefined;
  /** `output_config.effort`. */
  readonly effort: string | undefined;
  /** Whether a form of the answer is asked for. */
  readonly hasOutputFormat: boolean;
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly topK: number | undefined;
  /** Largest answer, in tokens. */
  readonly maxTokens: number | undefined;
  /** Whether one of the tools has to be called. */
  readonly forcesTool: boolean;
  /** Tools as the model counts them: their type, `custom` for those of the client's. */
  readonly tools: readonly { readonly type: string; readonly isStrict: boolean }[];
  /** Where a message of the role `system` stands: `first` where the conversation begins with one. */
  readonly systemRole: "nowhere" | "first" | "later";
  /** Whether the last message begins the answer, instead of going on with what a tool of the server's began. */
  readonly endsInPrefill: boolean;
}
