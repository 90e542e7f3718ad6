import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { signRequestWithAws4fetch } from "../aws4fetch/index.ts";
import { authFetch } from "../fetch/auth-fetch.ts";
import { signRequestWithSmithy } from "../smithy/index.ts";
import { presignRequest } from "./presign-request.ts";
import { signRequest } from "./sign-request.ts";
import type { WireRequest } from "./wire-request.ts";

const HOST = "bedrock-runtime.us-east-1.amazonaws.com";
const REQUEST: WireRequest = {
  method: "POST",
  target: "/model/x/invoke",
  headers: [["host", HOST]],
  httpVersion: "1.1",
  body: new Uint8Array(),
};
const PAIR = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const scope = { region: "us-east-1", service: "bedrock" } as const;

/** Whatever signs, by name. */
const SIGNERS: Readonly<Record<string, (credentials: AwsCredentials) => Promise<unknown>>> = {
  signRequest: (credentials) => signRequest(REQUEST, { credentials, ...scope }),
  signRequestWithSmithy: (credentials) => signRequestWithSmithy(REQUEST, { credentials, ...scope }),
  signRequestWithAws4fetch: (credentials) => signRequestWithAws4fetch(REQUEST, { credentials, ...scope }),
  presignRequest: (credentials) => presignRequest(REQUEST, { credentials, ...scope }),
  authFetch: (credentials) =>
    authFetch({ credentials, fetch: async () => new Response() })(`https://${HOST}${REQUEST.target}`),
};

describe.each(Object.entries(SIGNERS))("%s()", (_, sign) => {
  test("signs with a whole key pair", async () => {
    await expect(sign(PAIR)).resolves.toBeDefined();
  });

  test.each([
    ["null", { ...PAIR, accessKeyId: null }],
    ["null", { ...PAIR, secretAccessKey: null }],
    ["undefined", { ...PAIR, secretAccessKey: undefined }],
    ["", { ...PAIR, accessKeyId: "" }],
    ["object", { ...PAIR, secretAccessKey: { value: PAIR.secretAccessKey } }],
  ])('refuses a key pair of which a part is "%s" %#, and does not show it', async (found, credentials) => {
    const error: Error = await sign(credentials as unknown as AwsCredentials).then(
      () => new Error("It signed"),
      (reason: Error) => reason,
    );

    expect(error).toMatchObject({ name: "AuthError", code: "CREDENTIALS_NOT_FOUND" });
    expect(error.message).toContain(` is "${found}", expected`);
    expect(error.message).not.toContain(PAIR.secretAccessKey);
  });
});
