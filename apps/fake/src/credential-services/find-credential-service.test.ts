import { describe, expect, test } from "vitest";
import { OPERATIONS } from "../operations/operations.ts";
import { findCredentialService } from "./find-credential-service.ts";
import { parseCredentialHost } from "../terms/parse-credential-host.ts";

const find = (method: string, target: string, host = "127.0.0.1:4242") =>
  findCredentialService({ method, target, headers: [["host", host]] });

describe("parseCredentialHost()", () => {
  test.each([
    ["sts.amazonaws.com", { service: "sts", region: "us-east-1" }],
    ["sts.eu-west-1.amazonaws.com:443", { service: "sts", region: "eu-west-1" }],
    ["STS-FIPS.us-east-2.amazonaws.com", { service: "sts", region: "us-east-2" }],
    ["sts.cn-north-1.amazonaws.com.cn", { service: "sts", region: "cn-north-1" }],
    ["sts.us-west-2.amazonaws.com.:443", { service: "sts", region: "us-west-2" }],
    ["vpce-0a1b-c2d3.sts.us-east-1.vpce.amazonaws.com", { service: "sts", region: "us-east-1" }],
    ["vpce-0a1b-c2d3-us-east-1a.sts-fips.us-east-1.vpce.amazonaws.com:443", { service: "sts", region: "us-east-1" }],
    ["vpce-0a1b-c2d3.sts.cn-north-1.vpce.amazonaws.com.cn", { service: "sts", region: "cn-north-1" }],
    ["sts.eu-west-1.api.aws", { service: "sts", region: "eu-west-1" }],
    ["portal.sso.eu-central-1.amazonaws.com", { service: "sso", region: "eu-central-1" }],
    ["oidc.us-east-1.amazonaws.com:443", { service: "sso-oidc", region: "us-east-1" }],
    ["device.sso.cn-north-1.amazonaws.com.cn", { service: "sso-device", region: "cn-north-1" }],
    ["169.254.170.2", { service: "container-credentials" }],
    ["169.254.170.23:80", { service: "container-credentials" }],
    ["[fd00:ec2::23]", { service: "container-credentials" }],
    ["169.254.169.254", { service: "instance-metadata" }],
    ["[fd00:ec2::254]:80", { service: "instance-metadata" }],
  ])("knows %s", (host, found) => {
    expect(parseCredentialHost(host)).toEqual(found);
  });

  test.each([
    "",
    "127.0.0.1",
    "sts.example.com",
    "sts.amazonaws.com.evil.example",
    "xsts.amazonaws.com",
    "vpce-0a1b-c2d3.sts.us-east-1.amazonaws.com",
    "vpce-0a1b-c2d3.s3.us-east-1.vpce.amazonaws.com",
    "vpce-0a1b-c2d3.sts.us-east-1.vpce.api.aws",
    "169.254.170.20",
    "169.254.1.1",
    "bedrock-runtime.us-east-1.amazonaws.com",
    `sts.${"a-".repeat(50_000)}`,
  ])("does not know %.50s", (host) => {
    expect(parseCredentialHost(host)).toBeUndefined();
  });
});

describe("findCredentialService()", () => {
  test.each([
    ["POST", "/", "sts"],
    ["POST", "/?Action=GetCallerIdentity", "sts"],
    ["GET", "/?Version=2011-06-15&Action=GetCallerIdentity", "sts"],
    ["GET", "/federation/credentials?role_name=r&account_id=1", "sso"],
    ["GET", "/assignment/accounts", "sso"],
    ["GET", "/assignment/roles?account_id=1", "sso"],
    ["POST", "/logout", "sso"],
    ["POST", "/client/register", "sso-oidc"],
    ["POST", "/device_authorization", "sso-oidc"],
    ["POST", "/token?x", "sso-oidc"],
    ["GET", "/authorize?response_type=code", "sso-oidc"],
    ["GET", "/device", "sso-device"],
    ["POST", "/device?user_code=BCDF-GHJK", "sso-device"],
    ["GET", "/v1/credentials", "container-credentials"],
    ["GET", "/v2/credentials/0d6f4d2e-1", "container-credentials"],
    ["PUT", "/latest/api/token", "instance-metadata"],
    ["GET", "/latest/meta-data/iam/security-credentials/", "instance-metadata"],
  ])("takes %s %s at the address of a fake for %s", (method, target, service) => {
    expect(find(method, target)).toEqual({ service });
  });

  test.each([
    ["GET", "/"],
    ["GET", "/?x=Action="],
    ["GET", "/v1/models"],
    ["POST", "/v1/messages"],
    ["POST", "/v1/credentials"],
    ["GET", "/v2/credentials/a/b"],
    ["GET", "/federation/credentialsX"],
    ["GET", "/latest"],
    ["GET", "/token"],
    ["POST", "/tokens"],
    ["GET", "/devices"],
    ["DELETE", "/latest/api/token"],
  ])("leaves %s %s to Claude", (method, target) => {
    expect(find(method, target)).toBeUndefined();
  });

  test("leaves every operation of Claude alone, and what is sent to a host of Claude", () => {
    const taken = OPERATIONS.filter(
      ({ method, path }) => find(method, path.replaceAll(/\{[^}]*\}/g, "credentials")) !== undefined,
    );

    expect(taken).toEqual([]);
    expect(find("POST", "/", "bedrock-runtime.us-east-1.amazonaws.com")).toBeUndefined();
    expect(find("POST", "/", "aws-external-anthropic.us-east-1.api.aws")).toBeUndefined();
    expect(find("POST", "/anything", "sts.us-east-1.amazonaws.com")).toEqual({ service: "sts", region: "us-east-1" });
  });
});
