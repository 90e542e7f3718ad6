import type { Upstream } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { expect, test } from "vitest";
import { fetchOnto, MODEL } from "../support/fetch-providers.ts";
import { openGateway } from "../support/start-gateway.ts";

const BODY = JSON.stringify({ max_tokens: 1, messages: [{ role: "user", content: "Hi" }], model: MODEL });
const HEADERS = { "content-type": "application/json", "anthropic-version": "2023-06-01" };

test.each([
  ["/v1/messages", BODY],
  [
    `/model/${MODEL}/invoke`,
    JSON.stringify({ anthropic_version: "bedrock-2023-05-31", ...(JSON.parse(BODY) as object), model: undefined }),
  ],
])("a redirect that is refused names no host to the client, and all of it to the operator: %s", async (path, body) => {
  const service = await listen(() => ({
    status: 307,
    headers: [["location", "http://elsewhere.example/"]],
    body: new Uint8Array(),
  }));
  const errors: string[] = [];
  const provider = path.startsWith("/model") ? "bedrock" : "anthropic-aws";
  const gateway = await openGateway({
    upstreams: [{ name: "a", provider, region: "us-east-1", fetch: fetchOnto(service.url, provider) }],
    onError: (error) => void errors.push(String(error)),
  });
  const answer = await fetch(`${gateway.url}${path}`, { method: "POST", headers: HEADERS, body });
  const said = `${JSON.stringify([...answer.headers])} ${await answer.text()}`;

  expect([answer.status, answer.headers.get("x-claude-on-aws-refusal")]).toEqual([502, "REDIRECT_REFUSED"]);
  expect(said).toContain("Cannot send the request on");
  expect(said).not.toMatch(/127\.0\.0\.1|elsewhere/);
  expect(await gateway.recordOf(answer)).toMatchObject({ status: 502, outcome: "refused", error: "REDIRECT_REFUSED" });
  expect(errors).toEqual([expect.stringContaining(service.url) as string]);
  await Promise.all([gateway.close(), service.close()]);
});

test("an upstream that cannot be reached is named to the operator, with why, also where another one answers", async () => {
  const answering = await listen(() => ({
    status: 200,
    headers: [["content-type", "application/json"]],
    body: new TextEncoder().encode('{"type":"message","content":[]}'),
  }));
  const gone = await listen(() => ({ status: 200, headers: [], body: new Uint8Array() }));
  await gone.close();
  const errors: string[] = [];
  const upstream = (url: string, name: string): Upstream => ({
    name,
    provider: "anthropic-aws",
    region: "us-east-1",
    fetch: fetchOnto(url, "anthropic-aws"),
  });
  const [first, second] = [upstream(gone.url, "the first"), upstream(answering.url, "the second")];
  const onError = (error: unknown): void => void errors.push(String(error));
  const alone = await openGateway({ upstreams: [first], onError });
  const both = await openGateway({ upstreams: [first, second], onError });
  const ask = (url: string): Promise<Response> =>
    fetch(`${url}/v1/messages`, { method: "POST", headers: HEADERS, body: BODY });
  const [refused, answered] = [await ask(alone.url), await ask(both.url)];

  expect([refused.status, answered.status]).toEqual([502, 200]);
  expect(await refused.text()).not.toContain("127.0.0.1");
  expect(errors).toHaveLength(2);
  for (const error of errors) expect(error).toMatch(/the first: Cannot get an answer: the connection failed \(./);
  await Promise.all([alone.close(), both.close(), answering.close()]);
});
