/** What all processes of the bench know. */
export const TOKEN = "a-token-of-the-bench";
export const MODEL = "claude-haiku-4-5-20251001";
export const WORKSPACE_ID = "wrkspc_01AbCdEf23GhIj";
export const REGION = "us-east-1";
export const CREDENTIALS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
} as const;
