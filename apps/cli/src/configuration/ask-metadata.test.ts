import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askMetadata } from "./ask-metadata.ts";

const credentials = JSON.stringify({ AccessKeyId: "AKIDROLE", SecretAccessKey: "s", Token: "t" });
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(
    `${request.method} ${request.url} ${request.headers["authorization"] ?? request.headers["x-aws-ec2-metadata-token"] ?? ""}`,
  );
  const answers: Record<string, string> = {
    "/latest/api/token": "metadata-token",
    "/latest/meta-data/iam/security-credentials/": "my-role\n",
    "/latest/meta-data/iam/security-credentials/my-role": credentials,
    "/container": credentials,
  };
  const answer = answers[request.url ?? ""];
  response.statusCode = answer === undefined ? 404 : 200;
  response.end(answer);
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const role = { accessKeyId: "AKIDROLE", secretAccessKey: "s", sessionToken: "t" };

describe("askMetadata()", () => {
  test("asks an instance for a token, its role and the credentials", async () => {
    seen.length = 0;
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: origin };
    expect(await askMetadata({ env })).toEqual({ ...role, source: "instance role my-role" });
    expect(seen).toEqual([
      "PUT /latest/api/token ",
      "GET /latest/meta-data/iam/security-credentials/ metadata-token",
      "GET /latest/meta-data/iam/security-credentials/my-role metadata-token",
    ]);
  });

  test("asks a container with its token", async () => {
    seen.length = 0;
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/container`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "secret",
    };
    expect(await askMetadata({ env })).toEqual({ ...role, source: "container role" });
    expect(seen).toEqual(["GET /container secret"]);
  });

  test.each([{ AWS_EC2_METADATA_DISABLED: "true" }, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/" }])(
    "finds nothing with %j",
    async (env) => {
      expect(await askMetadata({ env })).toBeNull();
    },
  );
});
