import type { PolicyDocument } from "@claude-on-aws/auth/iam";
import type { AwsCredentials, WireRequest } from "@claude-on-aws/auth/sigv4";
import { createFakeCore, type FakeOptions, type FakePrincipal, type JournalEntry } from "../../src/server.ts";
import { GOOD, sign } from "../support/requests.ts";

export const ACCOUNT = "123456789012";
export const ALICE: AwsCredentials = { accessKeyId: "AKIDALICE", secretAccessKey: "aLiCeSeCrEt/EXAMPLE" };
export const NOW: Date = new Date("2026-11-21T12:00:00Z");

/** A good request for each provider. */
export const aws: WireRequest = GOOD["anthropic-aws"].request(4242);
export const bedrock: WireRequest = GOOD.bedrock.request(4242);
export const mantle: WireRequest = GOOD.mantle.request(4242);

/** The same for another path, and for another method, with the body that methods like it have. */
export const at = (request: WireRequest, target: string, method: string = request.method): WireRequest => ({
  ...request,
  target,
  method,
  ...(method === "GET" || method === "DELETE" ? { body: new Uint8Array() } : {}),
});

/** Asks a model, or the model behind a profile. */
export const invoke = (id: string): WireRequest => at(bedrock, `/model/${encodeURIComponent(id)}/invoke`);

/** A statement, and what of it is usual. */
export interface Given {
  readonly Effect?: "Allow" | "Deny";
  readonly Sid?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

/** A policy of statements that allow on everything, unless they say otherwise. */
export const policy = (...statements: readonly Given[]): PolicyDocument =>
  ({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "*", ...statement })),
  }) as PolicyDocument;

/** What the fake said of a request. */
export interface Asked {
  readonly entry: JournalEntry;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: unknown;
  /** Details of the denial; absent where the permission was there. */
  readonly denied: Readonly<Record<string, string>> | undefined;
  readonly message: string | undefined;
}

/** Sends a request as it is to a fake of these options, and reads the journal. */
export async function send(request: WireRequest, options: FakeOptions): Promise<Asked> {
  const core = createFakeCore({ now: () => NOW, ...options });
  const reply = await core.handle({ ...request, wire: "received" });
  const [entry] = core.journal.snapshot().exchanges;
  if (entry === undefined) throw new Error("Nothing was recorded");
  const checked = entry.checks.find(({ check }) => check === "permission");
  const isText = reply.body instanceof Uint8Array && reply.body.length > 0 && reply.body[0] === 0x7b;
  return {
    entry,
    status: reply.status,
    headers: new Map(reply.headers.map(([name, value]) => [name, value])),
    body: isText ? JSON.parse(new TextDecoder().decode(reply.body as Uint8Array)) : undefined,
    denied: checked?.fault?.details,
    message: checked?.fault?.message,
  };
}

/** Signs a request as Alice, and sends it to a fake in which she has these policies. */
export async function askAsAlice(
  request: WireRequest,
  service: string,
  policies: FakePrincipal["policies"],
  more: Partial<FakePrincipal> = {},
  options: FakeOptions = {},
): Promise<Asked> {
  const signed = await sign(request, service, { credentials: ALICE, date: NOW });
  const { name = "alice", ...rest } = { ...(more.arn === undefined ? {} : { name: undefined }), ...more };
  const principal: FakePrincipal = {
    ...(rest.arn === undefined ? { name } : {}),
    credentials: [ALICE],
    policies,
    ...rest,
  };
  return send(signed, { principals: [principal], ...options });
}
