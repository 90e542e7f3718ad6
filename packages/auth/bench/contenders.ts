import { createHash, createHmac, hash } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import aws4 from "aws4";
import { AwsV4Signer } from "aws4fetch";
import { headerValue, signRequest, verifyRequest, type WireRequest } from "../src/sigv4/index.ts";

/** One way to do the work of a row. */
export interface Contender {
  readonly name: string;
  /** The physical limit, or one of ours, or a peer. */
  readonly kind: "limit" | "ours" | "peer";
  readonly run: () => unknown;
}

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "T".repeat(400),
};
const region = "us-east-1";
const service = "bedrock";
const host = "bedrock-runtime.us-east-1.amazonaws.com";
const path = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke";
const headers = { accept: "application/json", "content-type": "application/json" };

/** `@smithy/signature-v4` on the runtime's own hash. */
class NativeSha256 {
  readonly #hash;
  constructor(secret?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {}
}

/** Everything that signs a POST of a body. */
export function signers(body: Uint8Array): readonly Contender[] {
  const wire: WireRequest = {
    method: "POST",
    target: path,
    headers: [["host", host], ...Object.entries(headers)],
    httpVersion: "1.1",
    body,
  };
  const smithy = (sha256: unknown): (() => unknown) => {
    const signer = new SignatureV4({ credentials, region, service, sha256: sha256 as typeof Sha256 });
    const request = {
      method: "POST",
      protocol: "https:",
      hostname: host,
      path,
      query: {},
      headers: { host, ...headers },
    };
    return () => signer.sign({ ...request, body });
  };
  const cache = new Map<string, ArrayBuffer>();
  const aws4fetch = (shared?: Map<string, ArrayBuffer>): (() => unknown) => {
    return () =>
      new AwsV4Signer({
        ...credentials,
        method: "POST",
        url: `https://${host}${path}`,
        headers,
        body: body as Uint8Array<ArrayBuffer>,
        region,
        service,
        allHeaders: true,
        ...(shared === undefined ? {} : { cache: shared }),
      }).sign();
  };
  return [
    { name: "bare hash, crypto.hash", kind: "limit", run: () => hash("sha256", body, "hex") },
    { name: "bare hash, createHash", kind: "limit", run: () => createHash("sha256").update(body).digest("hex") },
    {
      name: "@claude-on-aws/auth signRequest",
      kind: "ours",
      run: () => signRequest(wire, { credentials, region, service }),
    },
    {
      name: "aws4",
      kind: "peer",
      run: () =>
        aws4.sign(
          {
            method: "POST",
            host,
            path,
            region,
            service,
            headers: { ...headers },
            body: body as unknown as string,
          },
          credentials,
        ),
    },
    { name: "@smithy/signature-v4, native hash", kind: "peer", run: smithy(NativeSha256) },
    { name: "@smithy/signature-v4, JavaScript hash", kind: "peer", run: smithy(Sha256) },
    { name: "aws4fetch, shared cache", kind: "peer", run: aws4fetch(cache) },
    { name: "aws4fetch, no cache", kind: "peer", run: aws4fetch() },
  ];
}

/** Everything that verifies a POST of a body; a peer signs anew and compares. */
export async function verifiers(body: Uint8Array): Promise<readonly Contender[]> {
  const [, , ours, ...peers] = signers(body);
  const signed = (await ours?.run()) as WireRequest;
  const options = { credentials: () => credentials, region, service };
  if (!(await verifyRequest(signed, options)).ok) throw new Error("The bench would measure a refusal");
  const authorization = headerValue(signed.headers, "authorization");
  return [
    { name: "bare hash, crypto.hash", kind: "limit", run: () => hash("sha256", body, "hex") },
    {
      name: "bare hash, createHash",
      kind: "limit",
      run: () => createHash("sha256").update(body).digest("hex"),
    },
    { name: "@claude-on-aws/auth verifyRequest", kind: "ours", run: () => verifyRequest(signed, options) },
    ...peers
      .filter(({ name }) => name === "aws4" || name.includes("native"))
      .map(({ name, kind, run }): Contender => ({
        name: `${name}, signs anew and compares`,
        kind,
        run: async () => ((await run()) as { headers: object }).headers !== undefined && authorization !== "",
      })),
  ];
}
