/** A way to Claude through AWS: Claude Platform on AWS, Amazon Bedrock, or Bedrock's Messages endpoint (Mantle). */
export type AwsProvider = "anthropic-aws" | "bedrock" | "mantle";

/** The name that a request to a provider is signed for, as the credential scope writes it. */
export type SigningService = "aws-external-anthropic" | "bedrock" | "bedrock-mantle";

/** Which half of Amazon Bedrock: `runtime` calls models, `control` lists and manages them. Each has hosts of its own. */
export type Plane = "runtime" | "control";
