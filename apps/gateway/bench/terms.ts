/** What all processes of the bench know. */
export const TOKEN = "a-token-of-the-bench";
export const WORKSPACE_ID = "wrkspc_01AbCdEf23GhIj";
export const REGION = "us-east-1";
export const CREDENTIALS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
} as const;
