import { describe, expect, test } from "vitest";
import { createDestinations } from "./destinations.ts";
import { RefusedHosts } from "../stores/refused-hosts.ts";

const OWN_PORT = 4242;

function resolve(host: string, port: number): { readonly destination: string; readonly refused: number } {
  const refused = new RefusedHosts();
  const destination = createDestinations("127.0.0.1", () => OWN_PORT, refused).resolve({ host, port });
  return { destination, refused: refused.toArray().length };
}

describe("createDestinations()", () => {
  test.each([
    "aws-external-anthropic.us-east-1.api.aws",
    "bedrock.eu-west-1.amazonaws.com",
    "bedrock-runtime.ap-southeast-2.amazonaws.com",
    "bedrock-runtime-fips.us-gov-west-1.amazonaws.com",
    "bedrock-runtime.cn-north-1.amazonaws.com.cn",
    "bedrock-mantle.us-west-2.api.aws",
    "vpce-0a1b2c3d4e5f67890-abcd1234.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    "sts.amazonaws.com",
    "sts.eu-central-1.amazonaws.com",
    "portal.sso.us-east-1.amazonaws.com",
    "oidc.us-east-1.amazonaws.com",
  ])("leads to %s, in TLS on port 443 and in plain text on port 80", (host) => {
    expect(resolve(host, 443)).toEqual({ destination: "https", refused: 0 });
    expect(resolve(host, 80)).toEqual({ destination: "http", refused: 0 });
    expect(resolve(host, 22)).toEqual({ destination: "refused", refused: 1 });
  });

  test.each([
    "api.anthropic.com",
    "s3.us-east-1.amazonaws.com",
    "bedrock-runtime.us-east-1.amazonaws.com.example.com",
    "bedrock-runtime.us-east-1.amazonaws.comx",
    "x.bedrock-runtime.us-east-1.amazonaws.com",
    "vpce-0a1b2c3d4e5f67890-abcd1234.s3.us-east-1.vpce.amazonaws.com",
    "10.0.0.1",
    "localhost",
    "127.0.0.1",
  ])("refuses %s, and counts it", (host) => {
    expect(resolve(host, 443)).toEqual({ destination: "refused", refused: 1 });
  });

  test("leads to itself, by its own port alone", () => {
    expect(resolve("127.0.0.1", OWN_PORT).destination).toBe("own");
    expect(resolve("localhost", OWN_PORT).destination).toBe("own");
    expect(resolve("127.0.0.1", OWN_PORT + 1).destination).toBe("refused");
    expect(resolve("example.com", OWN_PORT).destination).toBe("refused");
  });
});
