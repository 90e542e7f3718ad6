import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { MadeUpSecret } from "@claude-on-aws/fixtures";
import { withBody, withHeader } from "./requests.ts";

/** Puts a secret somewhere into a request; `written` is its value as it is written there. */
type Place = (request: WireRequest, secret: MadeUpSecret, written: string) => WireRequest;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const add = (request: WireRequest, name: string, value: string): WireRequest => ({
  ...request,
  headers: [...request.headers, [name, value]],
});

const ask = (request: WireRequest, query: string): WireRequest => ({
  ...request,
  target: `${request.target}${request.target.includes("?") ? "&" : "?"}${query}`,
});

const post = (request: WireRequest, type: string, body: string): WireRequest => ({
  ...withHeader(request, "content-type", type),
  body: bytes(body),
});

/** Puts a text into JSON that may hold escapes already. */
const inJson = (request: WireRequest, name: string, written: string): WireRequest => ({
  ...request,
  body: bytes(`{"max_tokens":16,"${name}":"${written}","messages":[{"role":"user","content":"hello"}]}`),
});

/** Whether a text may stand in a JSON string as it is. */
const fits = (written: string): string => (/["\\]/.test(written) ? JSON.stringify(written).slice(1, -1) : written);

/** Places whose names are not known to be harmless: whatever stands there may be a secret. */
export const NAMED_PLACES: Readonly<Record<string, Place>> = {
  "a header": (request, { name }, written) => add(request, name, written),
  "Ocp-Apim-Subscription-Key": (request, _, written) => add(request, "Ocp-Apim-Subscription-Key", written),
  "X-Functions-Key": (request, _, written) => add(request, "X-Functions-Key", written),
  "Helicone-Auth": (request, _, written) => add(request, "Helicone-Auth", `Bearer ${written}`),
  x_api_key: (request, _, written) => add(request, "x_api_key", written),
  "x-api-key": (request, _, written) => withHeader(request, "x-api-key", written),
  "two keys": (request, _, written) => add(add(request, "x-api-key", written), "X-Api-Key", written),
  cookie: (request, { name }, written) => add(request, "cookie", `${name}=${written}; a=b`),
  bearer: (request, _, written) => withHeader(request, "authorization", `Bearer ${written}`),
  "another scheme": (request, _, written) => withHeader(request, "authorization", `Basic ${written}`),
  "proxy-authorization": (request, _, written) => add(request, "proxy-authorization", `Basic ${written}`),
  "session token": (request, _, written) => withHeader(request, "x-amz-security-token", written),
  workspace: (request, _, written) => withHeader(request, "anthropic-workspace-id", written),
  "a parameter": (request, { name }, written) => ask(request, `${name}=${encodeURIComponent(written)}`),
  "a presigned URL": (request, _, written) =>
    ask(request, `X-Amz-Signature=${encodeURIComponent(written)}&X-Amz-Security-Token=${encodeURIComponent(written)}`),
  "the user of a referer": (request, _, written) =>
    add(request, "referer", `https://user:${encodeURIComponent(written)}@a.example/`),
  "the query of a referer": (request, { name }, written) =>
    add(request, "referer", `https://a.example/?${name}=${encodeURIComponent(written)}`),
  "a field": (request, { name }, written) => withBody(request, { [name]: written }),
  "a field within": (request, { name }, written) => withBody(request, { metadata: { [name]: [{ [name]: written }] } }),
  "a field with escapes": (request, { name }, written) => inJson(request, name, fits(written)),
  "the input of a tool": (request, { name }, written) =>
    withBody(request, {
      messages: [
        {
          role: "assistant",
          content: [{ type: "tool_use", id: "toolu_01", name: "bash", input: { [name]: written } }],
        },
      ],
    }),
  "a form": (request, { name }, written) =>
    post(request, "application/x-www-form-urlencoded", `${name}=${encodeURIComponent(written)}&Version=1`),
};

/** Places for text: what looks like a key or a token is one. */
export const TEXT_PLACES: Readonly<Record<string, Place>> = {
  "authorization alone": (request, _, written) => withHeader(request, "authorization", written),
  "access key ID": (request, _, written) =>
    withHeader(
      request,
      "authorization",
      `AWS4-HMAC-SHA256 Credential=${written}/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00`,
    ),
  "user agent": (request, _, written) => withHeader(request, "user-agent", `curl/8 (${written}) x`),
  "client name": (request, _, written) => withHeader(request, "user-agent", written),
  beta: (request, _, written) => add(request, "anthropic-beta", `context-1m-2025-08-07,${written}`),
  "request ID": (request, _, written) => add(request, "x-request-id", written),
  host: (request, _, written) => withHeader(request, "host", `${written}.example`),
  origin: (request, _, written) => add(request, "origin", `https://a.example/${encodeURIComponent(written)}`),
  forwarded: (request, _, written) => add(request, "x-forwarded-for", written),
  "content type": (request, _, written) => withHeader(request, "content-type", `text/plain; boundary=${written}`),
  path: (request, _, written) => ({ ...request, target: `/v1/models/${encodeURIComponent(written)}` }),
  model: (request, _, written) => ({ ...request, target: `/model/${encodeURIComponent(written)}/invoke` }),
  "a name of a header": (request, { value }) => add(request, value.replace(/[^A-Za-z0-9_-]/g, "x"), "1"),
  "a name of a parameter": (request, _, written) => ask(request, `${encodeURIComponent(written)}=1`),
  "a known parameter": (request, _, written) => ask(request, `limit=${encodeURIComponent(written)}`),
  "a name of a field": (request, _, written) => withBody(request, { [written]: 1 }),
  "a model in the body": (request, _, written) => withBody(request, { model: written }),
  text: (request, _, written) => withBody(request, { system: `The key is ${written}, keep it.` }),
  "text with escapes": (request, _, written) => inJson(request, "system", `so ${fits(written)}`),
  "a line of a script": (request, { name }, written) =>
    withBody(request, {
      messages: [{ role: "user", content: `export ${name}="${written}"\ncurl -u me:${written} a` }],
    }),
  "JSON in a text": (request, { name }, written) =>
    withBody(request, { messages: [{ role: "user", content: JSON.stringify({ [name]: written }) }] }),
  "JSON that is none": (request, _, written) => ({ ...request, body: bytes(`{"max_tokens": ${written}`) }),
  "a file": (request, _, written) =>
    post(
      request,
      "multipart/form-data; boundary=b",
      `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nkey ${written}\r\n--b--\r\n`,
    ),
  "the end of what is kept": (request, _, written) =>
    withBody(request, {
      system: `${" so".repeat(Math.max(0, Math.floor((1380 - request.body.length) / 3)))} ${written}`,
    }),
};
