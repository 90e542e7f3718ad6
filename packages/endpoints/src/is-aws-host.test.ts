import { describe, expect, test } from "vitest";
import { AWS_DOMAINS } from "./aws-domains.ts";
import { isAwsHost } from "./is-aws-host.ts";

describe("isAwsHost()", () => {
  test.each(AWS_DOMAINS)("takes hosts under %s", (domain) => {
    expect(isAwsHost(`sts.${domain}`)).toBe(true);
    expect(isAwsHost(`STS.eu-1.${domain.toUpperCase()}:443`)).toBe(true);
    expect(isAwsHost(`${domain}.example`)).toBe(false);
    expect(isAwsHost(`x${domain}`)).toBe(false);
    expect(isAwsHost(domain)).toBe(false);
  });

  test.each(["", ":", "localhost:4242", "127.0.0.1", "[::1]:1"])("leaves %j", (host) => {
    expect(isAwsHost(host)).toBe(false);
  });
});
