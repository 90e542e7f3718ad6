import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { AwsProvider } from "@claude-on-aws/endpoints";
import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { brokenRules, startFake } from "../support/fetch-providers.ts";
import { RawClient } from "../support/raw-client.ts";
import { startServedGateway } from "../support/serve-gateway.ts";

/** A request of a real client; see fixtures/wire-requests. */
interface Recorded {
  readonly id: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly bodyBytes: number;
}

/** Requests whose every byte was kept. */
const whole = readJsonLines<Recorded>("wire-requests/requests.jsonl").filter(
  ({ body, bodyBytes }) => bodyBytes === 0 || body !== undefined,
);

/** What is not answered with 200, and why. */
const OTHERS: Readonly<Record<string, readonly [status: number, why: string]>> = {
  "anthropic-bedrock-sdk--anthropic_version-override--0": [400, "an anthropic_version that was made up"],
  "anthropic-bedrock-sdk-v0--anthropic_version-override--0": [400, "an anthropic_version that was made up"],
  "aws-sdk-bedrock-runtime--endpoint-env--0": [404, "behind a prefix of a base URL"],
  "claude-code--bedrock-base-path--0": [404, "behind a prefix of a base URL"],
  "claude-code--mantle-bedrock-both-bedrockid--0": [404, "behind a prefix of a base URL"],
};

/** What belongs to the connection or to the recorded proof of who asked. */
const LEFT_OUT = /^(?::|host$|connection$|content-length$|transfer-encoding$|authorization$|x-api-key$|x-amz-)/i;

const providerOf = ({ id, target }: Recorded): AwsProvider => {
  if (/^\/(?:\w+\/+)*(?:model|inference-profiles)\b/.test(target) || id.startsWith("anthropic-bedrock"))
    return "bedrock";
  return id.includes("mantle") ? "mantle" : "anthropic-aws";
};

const written = ({ method, target, headers, body = "" }: Recorded, token: string): WireRequest => ({
  method,
  target,
  headers: [
    ["host", "localhost"],
    ["authorization", `Bearer ${token}`],
    ...headers.filter(([name]) => !LEFT_OUT.test(name)),
  ],
  httpVersion: "1.1",
  body: new TextEncoder().encode(body),
});

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)(
  "what real clients were recorded to send, with a token in place of their proof, through a gateway to %s",
  (provider) => {
    const fake = startFake();
    const gateway = startServedGateway(fake, provider);
    const requests = whole.filter((recorded) => providerOf(recorded) === provider);

    test(`answers all ${requests.length}, on two connections`, async () => {
      const client = new RawClient(Number(new URL(gateway.url).port), 2);
      const statuses = await client.sendAll(requests.map((recorded) => written(recorded, gateway.token)));
      client.close();
      const answered = requests.map(({ id }, index) => [id, statuses[index]]);

      expect(answered).toEqual(requests.map(({ id }) => [id, OTHERS[id]?.[0] ?? 200]));
    });

    test("breaks no rule of AWS but those of the anthropic_version that was made up", () => {
      expect(brokenRules(fake).filter(({ message }) => !message.includes("anthropic_version"))).toEqual([]);
    });
  },
);
