/** Names of the operations that answer a message. */
export const MESSAGE_OPERATIONS: readonly string[] = [
  "CreateMessage",
  "InvokeModel",
  "InvokeModelWithResponseStream",
  "Converse",
  "ConverseStream",
];
