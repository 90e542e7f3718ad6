import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a client of the provider is registered as. */
export const CLIENT_ID = "gateway-under-check";

/** An OpenID provider that signs everybody in, at once and without asking. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly close: () => void;
}

const PERSON = { sub: "person-1", email: "person@example.com", email_verified: true, name: "A person" };

const LIFETIME_SECONDS = 3600;

/**
 * Starts one on loopback.
 *
 * @returns The provider.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth | OpenID Connect Core 1.0, 3.1}
 */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" };
  const nonces = new Map<string, string>();
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (claims: object): string => {
    const signed = `${encode({ alg: "RS256", kid: "1", typ: "JWT" })}.${encode(claims)}`;
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
  };
  const answers: Readonly<Record<string, (asked: URLSearchParams, issuer: string) => object | URL>> = {
    "/.well-known/openid-configuration": (_, issuer) => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      userinfo_endpoint: `${issuer}/person`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      code_challenge_methods_supported: ["S256"],
    }),
    "/keys": () => ({ keys: [key] }),
    "/authorize": (asked) => {
      const code = randomUUID();
      nonces.set(code, asked.get("nonce") ?? "");
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return back;
    },
    "/token": (asked, issuer) => {
      const iat = Math.floor(Date.now() / 1000);
      const nonce = nonces.get(asked.get("code") ?? "");
      const claims = { iss: issuer, aud: CLIENT_ID, iat, exp: iat + LIFETIME_SECONDS, nonce, ...PERSON };
      return { access_token: "none", token_type: "Bearer", expires_in: LIFETIME_SECONDS, id_token: token(claims) };
    },
    "/person": () => PERSON,
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    const issuer = `http://${request.headers.host}`;
    const { pathname, searchParams } = new URL(request.url ?? "/", issuer);
    const answer = answers[pathname]?.(body === "" ? searchParams : new URLSearchParams(body), issuer);
    if (answer === undefined) response.writeHead(404).end();
    else if (answer instanceof URL) response.writeHead(302, { location: answer.href }).end();
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
