import { expect, test } from "vitest";
import { isRegion } from "./is-region.ts";
import { partitionOfRegion } from "./partition-of-region.ts";

test.each([
  ["us-east-1", "aws", "amazonaws.com"],
  ["eu-central-1", "aws", "amazonaws.com"],
  ["xx-somewhere-99", "aws", "amazonaws.com"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-iso-west-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
])("%s is in %s, whose hosts end with %s", (region, name, dnsSuffix) => {
  expect(isRegion(region)).toBe(true);
  expect(partitionOfRegion(region)).toMatchObject({ name, dnsSuffix });
});
