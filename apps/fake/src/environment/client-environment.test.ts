import { describe, expect, test } from "vitest";
import { createClientEnvironment, ENVIRONMENT_BLOCKS } from "./client-environment.ts";

const ADDRESS = {
  url: "http://127.0.0.1:4242",
  region: "eu-west-1",
  workspaceId: "wrkspc_1",
  credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
};

describe("createClientEnvironment()", () => {
  test("points every client at the fake", () => {
    expect(createClientEnvironment(ADDRESS)).toMatchObject({
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "AKID",
      AWS_SECRET_ACCESS_KEY: "secret",
      ANTHROPIC_BASE_URL: "http://127.0.0.1:4242",
      ANTHROPIC_AWS_BASE_URL: "http://127.0.0.1:4242",
      ANTHROPIC_AWS_WORKSPACE_ID: "wrkspc_1",
      ANTHROPIC_BEDROCK_BASE_URL: "http://127.0.0.1:4242",
      ANTHROPIC_BEDROCK_MANTLE_BASE_URL: "http://127.0.0.1:4242/anthropic",
      AWS_ENDPOINT_URL_BEDROCK: "http://127.0.0.1:4242",
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "http://127.0.0.1:4242",
      AWS_ENDPOINT_URL_STS: "http://127.0.0.1:4242",
      AWS_ENDPOINT_URL_SSO: "http://127.0.0.1:4242",
      AWS_ENDPOINT_URL_SSO_OIDC: "http://127.0.0.1:4242",
    });
  });

  test.each(["anthropic-aws", "bedrock", "mantle"] as const)("switches %s on, and every other provider off", (on) => {
    const switches = Object.entries(createClientEnvironment(ADDRESS, on)).filter(([name]) =>
      name.startsWith("CLAUDE_CODE_USE_"),
    );

    expect(switches.filter(([, value]) => value === "1")).toHaveLength(1);
    expect(switches.filter(([, value]) => value === undefined)).toHaveLength(6);
  });

  test.each([
    "AWS_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_BEARER_TOKEN_BEDROCK",
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_AWS_API_KEY",
    "HTTPS_PROXY",
    "CLAUDE_CODE_HTTPS_PROXY",
    "CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD",
    "CLAUDE_CODE_OAUTH_REFRESH_TOKEN",
    "ANTHROPIC_UNIX_SOCKET",
    "ANTHROPIC_PROFILE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  ])("takes %s away", (name) => {
    const environment = createClientEnvironment(ADDRESS);

    expect(Object.keys(environment)).toContain(name);
    expect(environment[name]).toBeUndefined();
  });

  test("gives each key to the clients of its family", () => {
    const apiKeys = ["aws-external-anthropic-api-key-EXAMPLE", "bedrock-api-key-EXAMPLE"];

    expect(createClientEnvironment({ ...ADDRESS, apiKeys })).toMatchObject({
      ANTHROPIC_AWS_API_KEY: apiKeys[0],
      AWS_BEARER_TOKEN_BEDROCK: apiKeys[1],
    });
  });

  test("leaves the hosts of AWS and the proxies to clients that are answered in the process", () => {
    const environment = createClientEnvironment({ ...ADDRESS, url: undefined });

    expect(Object.keys(environment)).toContain("ANTHROPIC_AWS_BASE_URL");
    expect(environment["ANTHROPIC_AWS_BASE_URL"]).toBeUndefined();
    expect(Object.keys(environment)).not.toContain("HTTPS_PROXY");
  });
});

describe("createClientEnvironment() of a proxy", () => {
  const environment = createClientEnvironment({
    ...ADDRESS,
    proxyUrl: "http://127.0.0.1:4242",
    certificateFile: "/ca.pem",
  });

  test("sends every client through it, to no endpoint of its own", () => {
    expect(environment).toMatchObject({
      HTTPS_PROXY: "http://127.0.0.1:4242",
      https_proxy: "http://127.0.0.1:4242",
      NODE_USE_ENV_PROXY: "1",
      NODE_EXTRA_CA_CERTS: "/ca.pem",
      AWS_CA_BUNDLE: "/ca.pem",
      DENO_CERT: "/ca.pem",
      AWS_REGION: "eu-west-1",
    });
    const endpoints = Object.entries(environment).filter(([name]) => /_BASE_URL$|^AWS_ENDPOINT_URL/.test(name));
    expect(endpoints.length).toBeGreaterThan(5);
    expect(endpoints.filter(([, value]) => value !== undefined)).toEqual([]);
  });

  test("has every client trust one authority, and no other", () => {
    const names = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NIX_SSL_CERT_FILE"];
    const taken = ["SSL_CERT_DIR", "DENO_TLS_CA_STORE", "CLAUDE_CODE_CERT_STORE", "NODE_TLS_REJECT_UNAUTHORIZED"];

    expect(names.map((name) => environment[name])).toEqual(names.map(() => "/ca.pem"));
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(taken));
    expect(taken.map((name) => environment[name])).toEqual(taken.map(() => undefined));
  });

  test("excepts this machine alone, whatever was excepted before", () => {
    expect(environment).toMatchObject({ NO_PROXY: "localhost,127.0.0.1,::1", no_proxy: "localhost,127.0.0.1,::1" });
    expect(Object.keys(environment)).toContain("ALL_PROXY");
    expect(environment["ALL_PROXY"]).toBeUndefined();
  });

  test("names a certificate without a proxy too", () => {
    const secured = createClientEnvironment({ ...ADDRESS, url: "https://127.0.0.1:1", certificateFile: "/ca.pem" });
    expect(secured).toMatchObject({ NODE_EXTRA_CA_CERTS: "/ca.pem", ANTHROPIC_BASE_URL: "https://127.0.0.1:1" });
    expect(Object.keys(secured)).not.toContain("NO_PROXY");
  });
});

describe("ENVIRONMENT_BLOCKS", () => {
  test("names only variables that exist", () => {
    const secured = { ...ADDRESS, proxyUrl: "http://127.0.0.1:4242", certificateFile: "/ca.pem" };
    const known = [ADDRESS, secured].flatMap((given) => Object.keys(createClientEnvironment(given)));

    for (const { names } of ENVIRONMENT_BLOCKS) expect(known).toEqual(expect.arrayContaining([...names]));
  });
});
