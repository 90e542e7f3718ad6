import { expect, test } from "vitest";
import { isRegion } from "./is-region.ts";

test.each([
  "us-east-1",
  "ap-southeast-4",
  "us-gov-west-1",
  "us-isob-east-1",
  "eu-isoe-west-1",
  "eusc-de-east-1",
  "cn-northwest-1",
  "mx-central-1",
  "xx-somewhere-99",
])("%s has the form of a region", (text) => {
  expect(isRegion(text)).toBe(true);
});

test.each([
  "",
  "us-east-1a",
  "us-east",
  "us-east-100",
  "us_east_1",
  "US-EAST-1",
  " us-east-1",
  "us-east-1\n",
  "east-1",
  "global",
  "europe-west-1",
  "us-gov-iso-west-1",
  "us--1",
])("%j does not", (text) => {
  expect(isRegion(text)).toBe(false);
});
