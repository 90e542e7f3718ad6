import type { SignOptions, WireRequest } from "@claude-on-aws/auth/sigv4";
import type { FakeCore } from "../../../src/server.ts";
import { sign } from "../../support/requests.ts";
import { WORKSPACE_ID } from "../../support/start-fake.ts";

/** What a request of a test has beside its method and target. */
export interface Asked {
  /** Sent as JSON, or as it is where it is bytes. */
  readonly body?: object | Uint8Array;
  readonly contentType?: string;
  /** `null` names none. */
  readonly workspaceId?: string | null;
  readonly service?: "aws-external-anthropic" | "bedrock" | "bedrock-mantle";
  readonly headers?: WireRequest["headers"];
  readonly signing?: Partial<SignOptions>;
}

/** An answer, and what of its body is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  // oxlint-disable-next-line no-explicit-any -- the tests say what stands in it
  readonly json: any;
}

const text = new TextEncoder();

/** Makes a request and signs it. */
export function signed(method: string, target: string, asked: Asked = {}): Promise<WireRequest> {
  const { body, contentType, workspaceId = WORKSPACE_ID, service = "aws-external-anthropic", headers = [] } = asked;
  const bytes =
    body instanceof Uint8Array ? body : body === undefined ? new Uint8Array() : text.encode(JSON.stringify(body));
  const type = contentType ?? (body === undefined ? undefined : "application/json");
  const anthropic: [string, string][] = service === "bedrock" ? [] : [["anthropic-version", "2026-10-21"]];
  return sign(
    {
      method,
      target,
      headers: [
        ["host", "127.0.0.1:4242"],
        ...anthropic,
        ...(workspaceId === null || service !== "aws-external-anthropic"
          ? []
          : [["anthropic-workspace-id", workspaceId] as [string, string]]),
        ...(type === undefined ? [] : [["content-type", type] as [string, string]]),
        ...headers,
      ],
      httpVersion: "1.1",
      body: bytes,
    },
    service,
    asked.signing,
  );
}

/** Asks a fake without a socket. */
export async function ask(core: FakeCore, method: string, target: string, asked: Asked = {}): Promise<Answer> {
  const reply = await core.handle({ ...(await signed(method, target, asked)), wire: "received" });
  const pieces: Uint8Array[] = [];
  if (reply.body instanceof Uint8Array) pieces.push(reply.body);
  else for await (const piece of reply.body) pieces.push(piece);
  const answered = Buffer.concat(pieces).toString("utf8");
  return { status: reply.status, headers: new Map(reply.headers), text: answered, json: parse(answered) };
}

function parse(answered: string): unknown {
  try {
    return JSON.parse(answered);
  } catch {
    return undefined;
  }
}
