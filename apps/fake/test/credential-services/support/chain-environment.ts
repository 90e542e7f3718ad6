import { WORKSPACE_ID } from "../../support/start-fake.ts";

/** What every client has: where the fake is, and no credentials. */
export const chainEnvironment = (url: string, home: string): Readonly<Record<string, string>> => ({
  HOME: home,
  AWS_CONFIG_FILE: `${home}/.aws/config`,
  AWS_SHARED_CREDENTIALS_FILE: `${home}/.aws/credentials`,
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ENDPOINT_URL_STS: url,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
  ANTHROPIC_AWS_BASE_URL: url,
  ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
  ANTHROPIC_BEDROCK_BASE_URL: url,
  ANTHROPIC_BEDROCK_MANTLE_BASE_URL: `${url}/anthropic`,
});
