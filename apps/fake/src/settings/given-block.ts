/** A block as it is given: a tool call needs no ID, thinking no signature. */
export type GivenBlock =
  | { readonly type: "text"; readonly text: string; readonly citations?: readonly unknown[] | undefined }
  | { readonly type: "thinking"; readonly thinking: string; readonly signature?: string | undefined }
  | { readonly type: "redacted_thinking"; readonly data: string }
  | {
      readonly type: "tool_use";
      readonly name: string;
      readonly input: unknown;
      readonly id?: string | undefined;
    };
