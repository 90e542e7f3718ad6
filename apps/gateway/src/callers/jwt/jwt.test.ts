import { type Handler, listen, type Listener } from "@claude-on-aws/listen";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IssuerSettings } from "../../settings/caller-settings.ts";
import { createIdentify, type IdentifyOptions } from "../create-identify.ts";
import { VerifiedJwts } from "./verified-jwts.ts";

/** A pair of keys of an issuer. */
interface Signer {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

async function makeSigner(kid: string, algorithm = "ES256"): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    kid,
    algorithm,
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" },
  };
}

const NOW = Date.parse("2026-11-30T12:00:00Z");
const SECONDS = NOW / 1000;

let one: Signer;
let two: Signer;
let server: Listener;
let issuer = "";
/** What the issuer answers, by path. */
let answers: Record<string, Handler> = {};
let asked: string[] = [];
let nowMs = NOW;
let problems: string[] = [];

const json =
  (value: unknown): Handler =>
  () => ({
    status: 200,
    headers: [["content-type", "application/json"]],
    body: new TextEncoder().encode(JSON.stringify(value)),
  });
const keys = (...signers: readonly Signer[]): Handler => json({ keys: signers.map(({ publicJwk }) => publicJwk) });

beforeAll(async () => {
  [one, two] = await Promise.all([makeSigner("one"), makeSigner("two")]);
  server = await listen((head, request) => {
    asked.push(head.target);
    return (answers[head.target] ?? (() => ({ status: 404, headers: [], body: new Uint8Array() })))(head, request);
  });
  issuer = server.url;
});
afterAll(() => server.close());
beforeEach(() => {
  nowMs = NOW;
  asked = [];
  problems = [];
  answers = {
    "/.well-known/openid-configuration": json({ issuer, jwks_uri: `${issuer}/keys` }),
    "/keys": keys(one),
  };
});

const CLAIMS = { sub: "alice", aud: "gateway", groups: ["builders"] };

async function sign(
  claims: JWTPayload = {},
  signer: Signer = one,
  kid: string | undefined = signer.kid,
): Promise<string> {
  const payload = { iss: issuer, ...CLAIMS, exp: SECONDS + 600, ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: signer.algorithm, ...(kid === undefined ? {} : { kid }) })
    .sign(signer.privateKey);
}

const settingsOf = (changed: Partial<IssuerSettings> = {}): IssuerSettings => ({
  issuer,
  audience: "gateway",
  groupsClaim: "groups",
  ...changed,
});

async function createAsk(
  issuers: readonly IssuerSettings[] = [settingsOf()],
  options: IdentifyOptions = {},
): Promise<(jwt: string) => Promise<string>> {
  const identify = await createIdentify(
    { issuers },
    {
      allowHttpLoopback: true,
      now: () => new Date(nowMs),
      onProblem: (message) => problems.push(message),
      // No test waits for it.
      deadline: () => new AbortController().signal,
      ...options,
    },
  );
  return async (jwt) => {
    const headers = [["authorization", `Bearer ${jwt}`]] as const;
    const answer = await identify({ method: "POST", target: "/", headers, httpVersion: "1.1" }, "127.0.0.1");
    if ("proof" in answer) return [answer.proof, answer.name, ...answer.groups].join(" ");
    expect(JSON.stringify(answer)).not.toContain(jwt.split(".")[1]);
    return `${answer.code} ${answer.message}`;
  };
}

const ALICE = "jwt alice builders";

describe("a JWT", () => {
  test("names its caller, and is verified once", async () => {
    const ask = await createAsk();
    const jwt = await sign();

    expect([await ask(jwt), await ask(jwt)]).toEqual([ALICE, ALICE]);
    expect(asked).toEqual(["/.well-known/openid-configuration", "/keys"]);
  });

  test.each(["RS256", "PS384", "ES384", "EdDSA"])("may be signed with %s", async (algorithm) => {
    const signer = await makeSigner("other", algorithm);
    answers["/keys"] = keys(signer);

    expect(await (await createAsk())(await sign({}, signer))).toBe(ALICE);
  });

  test("needs no kid where there is one key", async () => {
    const ask = await createAsk([settingsOf({ jwksUrl: `${issuer}/keys` })]);

    expect(
      await ask(
        await new SignJWT({ iss: issuer, ...CLAIMS, exp: SECONDS + 60 })
          .setProtectedHeader({ alg: "ES256" })
          .sign(one.privateKey),
      ),
    ).toBe(ALICE);
    expect(asked).toEqual(["/keys"]);
  });

  test.each<[string, JWTPayload, string]>([
    [
      "without an end",
      { exp: undefined } as unknown as JWTPayload,
      "AUTHENTICATION_INVALID Cannot take the JWT: its claim exp",
    ],
    ["that has ended", { exp: SECONDS - 31 }, "TOKEN_EXPIRED"],
    ["that has not begun", { nbf: SECONDS + 31 }, "AUTHENTICATION_INVALID Cannot take the JWT: its claim nbf"],
    ["for somebody else", { aud: "other" }, "AUTHENTICATION_INVALID Cannot take the JWT: its claim aud"],
    [
      "for nobody",
      { aud: undefined } as unknown as JWTPayload,
      "AUTHENTICATION_INVALID Cannot take the JWT: its claim aud",
    ],
    [
      "of another issuer",
      { iss: "https://evil.example" },
      "AUTHENTICATION_INVALID Cannot take the JWT: its issuer is none",
    ],
    [
      "of an issuer that is nearly ours",
      { iss: "ISSUER/" },
      "AUTHENTICATION_INVALID Cannot take the JWT: its issuer is none",
    ],
    [
      "without a name",
      { sub: undefined } as unknown as JWTPayload,
      "AUTHENTICATION_INVALID Cannot take the JWT: its claim sub",
    ],
    ["with an empty name", { sub: "" }, "AUTHENTICATION_INVALID Cannot take the JWT: its claim sub"],
    ["with a line break in its name", { sub: "a\nb" }, "AUTHENTICATION_INVALID Cannot take the JWT: its claim sub"],
    ["with a long name", { sub: "a".repeat(257) }, "AUTHENTICATION_INVALID Cannot take the JWT: its claim sub"],
    ["with groups that are none", { groups: [{}] }, "AUTHENTICATION_INVALID Cannot take the JWT: its claim groups"],
    [
      "with many groups",
      { groups: Array.from({ length: 257 }, String) },
      "AUTHENTICATION_INVALID Cannot take the JWT: its claim groups",
    ],
  ])("%s is refused", async (_, claims, expected) => {
    const said = claims.iss === "ISSUER/" ? { iss: `${issuer}/` } : claims;

    expect(await (await createAsk())(await sign(said))).toContain(expected);
  });

  test("may be for others too, and be off by a few seconds", async () => {
    const ask = await createAsk();

    expect(await ask(await sign({ aud: ["other", "gateway"] }))).toBe(ALICE);
    expect(await ask(await sign({ exp: SECONDS - 29, nbf: SECONDS + 29 }))).toBe(ALICE);
    expect(await ask(await sign({ groups: "solo" }))).toBe("jwt alice solo");
    expect(await ask(await sign({ groups: undefined } as unknown as JWTPayload))).toBe("jwt alice");
  });

  test("is refused as soon as it has ended, though it was verified", async () => {
    const ask = await createAsk();
    const jwt = await sign({ exp: SECONDS + 60 });

    expect(await ask(jwt)).toBe(ALICE);
    nowMs += 91_000;
    expect(await ask(jwt)).toContain("TOKEN_EXPIRED");
  });

  test("with no signature, a shared secret, or somebody else's signature is refused", async () => {
    const ask = await createAsk();
    const other = await makeSigner("one");
    const unsigned = new UnsecuredJWT({ iss: issuer, ...CLAIMS }).setExpirationTime(SECONDS + 60).encode();
    // The public key as the secret: what went wrong in many libraries.
    const secret = new TextEncoder().encode(JSON.stringify(one.publicJwk));
    const shared = await new SignJWT({ iss: issuer, ...CLAIMS, exp: SECONDS + 60 })
      .setProtectedHeader({ alg: "HS256", kid: "one" })
      .sign(secret);
    answers["/keys"] = json({
      keys: [one.publicJwk, { kty: "oct", kid: "two", k: Buffer.from(secret).toString("base64url") }],
    });

    expect(await ask(`${unsigned}x`)).toContain("AUTHENTICATION_INVALID");
    expect(await ask(unsigned)).toContain("AUTHENTICATION_INVALID");
    expect(await ask(shared)).toContain("its algorithm is none of");
    expect(await ask(await sign({}, other))).toContain("its signature is wrong");
  });

  test("is refused where any character of it is another", async () => {
    const ask = await createAsk();
    const jwt = await sign();
    for (let at = 0; at < jwt.length; at += 7) {
      const other = `${jwt.slice(0, at)}${jwt[at] === "A" ? "B" : "A"}${jwt.slice(at + 1)}`;
      expect(await ask(other)).toMatch(/^AUTHENTICATION_INVALID|^TOKEN_EXPIRED/);
    }
  });

  test("with a name of somebody else's property has no limits of it", async () => {
    expect(await (await createAsk())(await sign({ sub: "__proto__", groups: ["constructor"] }))).toBe(
      "jwt __proto__ constructor",
    );
  });

  test("has the name and the prefix that the settings say", async () => {
    const ask = await createAsk([settingsOf({ nameClaim: "email", namePrefix: "corp:" })]);

    expect(await ask(await sign({ email: "a@example.com" }))).toBe("jwt corp:a@example.com corp:builders");
  });

  test("has to have the claims that are required", async () => {
    const ask = await createAsk([settingsOf({ requiredClaims: { team: ["red", "7"], roles: ["user"] } })]);

    expect(await ask(await sign({ team: "red", roles: ["x", "user"] }))).toBe(ALICE);
    expect(await ask(await sign({ team: 7, roles: "user" }))).toBe(ALICE);
    expect(await ask(await sign({ team: "blue", roles: ["user"] }))).toContain("its claim team");
    expect(await ask(await sign({ team: "red", roles: [] }))).toContain("its claim roles");
    expect(await ask(await sign({ team: { red: 1 }, roles: ["user"] }))).toContain("its claim team");
  });

  test("is taken where one of the rows of its issuer takes it", async () => {
    const ask = await createAsk([
      settingsOf({ audience: "other", namePrefix: "other:" }),
      settingsOf({ requiredClaims: { team: ["red"] } }),
    ]);

    expect(await ask(await sign({ team: "red" }))).toBe(ALICE);
    expect(await ask(await sign({ aud: "other" }))).toBe("jwt other:alice other:builders");
    expect(await ask(await sign({ team: "blue" }))).toContain("its claim team");
    expect(asked.filter((path) => path === "/keys")).toHaveLength(1);
  });
});

describe("the keys of an issuer", () => {
  test("are fetched again for a key that is unknown, within a limit", async () => {
    const ask = await createAsk();
    expect(await ask(await sign())).toBe(ALICE);
    asked = [];
    answers["/keys"] = keys(one, two);
    for (let times = 0; times < 20; times++)
      expect(await ask(await sign({ jti: String(times) }, two))).toContain("AUTHENTICATION_INVALID");
    expect(asked).toEqual([]);

    nowMs += 10_000;
    expect(await ask(await sign({}, two))).toBe(ALICE);
    for (let times = 0; times < 20; times++)
      expect(await ask(await sign({ jti: String(times) }, two, "three"))).toContain("the key that it names");
    expect(asked.filter((path) => path === "/keys")).toHaveLength(1);
  });

  test("are fetched once where many ask at once", async () => {
    const ask = await createAsk();
    const jwts = await Promise.all(Array.from({ length: 20 }, (_, index) => sign({ jti: String(index) })));

    expect(new Set(await Promise.all(jwts.map(ask)))).toEqual(new Set([ALICE]));
    expect(asked.filter((path) => path === "/keys")).toHaveLength(1);
  });

  test("that are taken away end what was verified with them", async () => {
    const ask = await createAsk();
    const jwt = await sign({ exp: SECONDS + 86_400 });
    expect(await ask(jwt)).toBe(ALICE);
    answers["/keys"] = keys(two);
    nowMs += 599_999;
    expect(await ask(jwt)).toBe(ALICE);
    nowMs += 1;
    expect(await ask(jwt)).toContain("the key that it names");
  });

  test("are fetched again where the clock was set back", async () => {
    const ask = await createAsk();
    const jwt = await sign();
    expect(await ask(jwt)).toBe(ALICE);
    answers["/keys"] = keys(two);
    nowMs -= 60_000;

    expect(await ask(jwt)).toContain("the key that it names");
  });

  test("are good for a time where the issuer is gone, and no longer", async () => {
    const ask = await createAsk();
    const jwt = await sign({ exp: SECONDS + 86_400 });
    expect(await ask(jwt)).toBe(ALICE);
    answers = {};
    nowMs += 3_599_000;
    expect(await ask(jwt)).toBe(ALICE);
    expect(problems).toEqual([expect.stringContaining("it answers with status 404")]);
    nowMs += 1_000;
    expect(await ask(jwt)).toContain("CALLERS_UNREADABLE");
    answers = { "/.well-known/openid-configuration": json({ issuer, jwks_uri: `${issuer}/keys` }), "/keys": keys(one) };
    nowMs += 10_000;
    expect(await ask(jwt)).toBe(ALICE);
  });

  const redirect: Handler = () => ({ status: 302, headers: [["location", "/keys"]], body: new Uint8Array() });
  test.each<[string, Record<string, Handler>, string]>([
    ["redirected", { "/keys": redirect, "/moved": redirect }, "status 302, expected 200 and no redirect"],
    ["too long", { "/keys": json({ keys: [], pad: "x".repeat(1_100_000) }) }, "longer than 1048576 bytes"],
    [
      "no JSON",
      { "/keys": () => ({ status: 200, headers: [], body: new Uint8Array([123]) }) },
      "Cannot fetch the keys",
    ],
    ["no object", { "/keys": json([]) }, "it is no JSON object"],
    ["no keys", { "/keys": json({}) }, "Cannot fetch the keys"],
    [
      "elsewhere in plain text",
      {
        "/.well-known/openid-configuration": () =>
          json({ issuer, jwks_uri: "http://192.0.2.1/keys" })({} as never, {} as never),
      },
      "expected https://",
    ],
    [
      "in a file",
      {
        "/.well-known/openid-configuration": () =>
          json({ issuer, jwks_uri: "file:///etc/passwd" })({} as never, {} as never),
      },
      "expected https://",
    ],
    [
      "of another issuer",
      {
        "/.well-known/openid-configuration": () =>
          json({ issuer: "https://other.example", jwks_uri: issuer })({} as never, {} as never),
      },
      "is of another issuer",
    ],
    [
      "nowhere",
      { "/.well-known/openid-configuration": () => json({ issuer })({} as never, {} as never) },
      "has no jwks_uri",
    ],
  ])("are not taken where they are %s", async (_, changed, words) => {
    answers = { ...answers, ...changed };
    const ask = await createAsk();

    expect(await ask(await sign())).toContain("CALLERS_UNREADABLE");
    expect(problems).toEqual([expect.stringContaining(words)]);
  });

  test.each<[string, object]>([
    ["malformed", { kty: "EC", crv: "P-256", alg: "ES256", x: "AA", y: "AA" }],
    ["of a curve that nobody knows", { kty: "EC", crv: "P-1", alg: "ES256", x: "AA", y: "AA" }],
    ["too short", { kty: "RSA", alg: "RS256", n: "AQAB", e: "AQAB" }],
    ["none", { kty: "EC" }],
  ])("that are %s let nobody in", async (_, key) => {
    answers["/keys"] = json({ keys: [{ ...key, kid: "one" }, two.publicJwk] });
    const ask = await createAsk();
    const signer = { ...one, algorithm: "alg" in key ? String(key.alg) : "ES256" };
    const jwt =
      signer.algorithm === "RS256" ? await sign({}, { ...(await makeSigner("one", "RS256")) }) : await sign({}, signer);

    expect(await ask(jwt)).toContain("AUTHENTICATION_INVALID");
    expect(await ask(await sign({}, two))).toBe(ALICE);
  });

  test("are not waited for longer than they may take", async () => {
    const deadline = new AbortController();
    const waits: number[] = [];
    answers["/keys"] = async (_, request) => {
      deadline.abort(new Error("too slow"));
      await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      return { status: 200, headers: [], body: new Uint8Array() };
    };
    const ask = await createAsk([settingsOf()], {
      deadline: (ms) => {
        waits.push(ms);
        return deadline.signal;
      },
    });

    expect(await ask(await sign())).toContain("CALLERS_UNREADABLE");
    expect(waits).toEqual([5_000, 5_000]);
  });

  test("are asked of no issuer that is not ours", async () => {
    const ask = await createAsk();
    for (const iss of ["https://evil.example", `${issuer}/evil`, "", undefined]) {
      expect(await ask(await sign({ iss } as JWTPayload))).toContain("its issuer is none");
    }
    expect(asked).toEqual([]);
  });
});

describe("an issuer", () => {
  test.each<[string, Partial<IssuerSettings>, string]>([
    ["in plain text", { issuer: "http://idp.example" }, "expected https://"],
    ["that is no URL", { issuer: "idp.example" }, "is no URL"],
    ["with credentials in its URL", { issuer: "https://a:b@idp.example" }, "it holds credentials"],
    [
      "with keys in plain text",
      { issuer: "https://idp.example", jwksUrl: "http://idp.example/keys" },
      "expected https://",
    ],
    ["without an audience", { issuer: "https://idp.example", audience: "" }, "audience is empty"],
    [
      "with a required claim without values",
      { issuer: "https://idp.example", requiredClaims: { team: [] } },
      "requiredClaims.team",
    ],
    [
      "of GitHub Actions without a pinned owner",
      { issuer: "https://token.actions.githubusercontent.com" },
      "it signs for everybody",
    ],
    [
      "of GitHub Actions of an enterprise without one",
      {
        issuer: "https://token.actions.githubusercontent.com/acme",
        requiredClaims: { sub: ["repo:acme/x"], ref: ["main"] },
      },
      "repository_id, repository_owner_id, repository",
    ],
    ["of GitLab without a pinned project", { issuer: "https://gitlab.com" }, "project_id"],
    ["of GitLab by another spelling of its host", { issuer: "https://gitlab.com." }, "project_id"],
    ["of Codefresh without a pinned account", { issuer: "https://oidc.codefresh.io" }, "account_id"],
    ["of everybody at CircleCI without a pinned one", { issuer: "https://oidc.circleci.com" }, "/org-id"],
    ["of everybody at Vercel without a pinned one", { issuer: "https://oidc.vercel.com/" }, "owner_id"],
  ])("%s does not start", async (_, changed, words) => {
    await expect(createIdentify({ issuers: [settingsOf(changed)] })).rejects.toMatchObject({
      code: "SETTINGS_INVALID",
      message: expect.stringContaining(words),
    });
  });

  test.each(["repository_id", "repository_owner_id", "repository"])(
    "of GitHub Actions starts with a pinned %s",
    async (claim) => {
      const row = settingsOf({
        issuer: "https://token.actions.githubusercontent.com",
        requiredClaims: { [claim]: ["1"] },
      });

      await expect(createIdentify({ issuers: [row] })).resolves.toBeTypeOf("function");
    },
  );

  test.each(["https://oidc.circleci.com/org/1", "https://oidc.vercel.com/acme"])(
    "of one organization, %s, starts without one",
    async (issuer) => {
      await expect(createIdentify({ issuers: [settingsOf({ issuer })] })).resolves.toBeTypeOf("function");
    },
  );

  test("on loopback in plain text starts only where tests say so", async () => {
    await expect(createIdentify({ issuers: [settingsOf()] })).rejects.toMatchObject({ code: "SETTINGS_INVALID" });
  });
});

test("no more JWTs are remembered than may be, the oldest is forgotten first", () => {
  const remembered = new VerifiedJwts<string>(2);
  const verified = (value: string) => ({ value, expiresAtMs: 0, keys: undefined as never });
  for (const hash of ["a", "b", "a", "c"]) remembered.add(hash, verified(hash));

  expect(["a", "b", "c"].map((hash) => remembered.find(hash)?.value)).toEqual(["a", undefined, "c"]);
});
