import { WORKSPACE_ID, WORKSPACE_KEY } from "../support/start-fake.ts";

/** A message as the Messages API takes it. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly content: unknown;
}

/** What a client knows of the fake, and how it lets time go by. */
export interface Surroundings {
  readonly url: string;
  /** Moves the fake's clock: nobody waits in earnest. */
  readonly pass: (ms: number) => void;
}

/** A block of an answer, as far as it came. */
export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

export const HELLO: Message = { role: "user", content: "What is the weather?" };
export const said = (content: unknown): Message => ({ role: "assistant", content });
export const user = (content: unknown): Message => ({ role: "user", content });

/** Sends messages once, as somebody writes it who has no client. */
export const post = (
  { url }: Surroundings,
  messages: readonly Message[],
  more: Readonly<Record<string, unknown>> = {},
  { signal, headers }: Pick<RequestInit, "signal"> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> =>
  fetch(`${url}/v1/messages`, {
    method: "POST",
    headers: {
      "user-agent": "hand-written/1.0",
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      "anthropic-workspace-id": WORKSPACE_ID,
      "x-api-key": WORKSPACE_KEY,
      ...headers,
    },
    body: JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 2000, messages, ...more }),
    ...(signal === undefined ? {} : { signal }),
  });

/** Sends messages, and is done with the answer. */
export async function ask(...asked: Parameters<typeof post>): Promise<number> {
  const reply = await post(...asked);
  await reply.text();
  return reply.status;
}

interface StreamEvent {
  readonly type: string;
  readonly content_block?: Block;
  readonly delta?: Readonly<Record<string, unknown>>;
}

/** Adds what an event says to the blocks of an answer; it never asks whether the stream was whole. */
function add(blocks: Record<string, unknown>[], { type, content_block: started, delta }: StreamEvent): void {
  if (type === "content_block_start") blocks.push({ ...started });
  const block = blocks.at(-1);
  if (type !== "content_block_delta" || block === undefined || delta === undefined) return;
  for (const name of ["text", "thinking", "signature"]) {
    if (typeof delta[name] === "string") block[name] = `${String(block[name] ?? "")}${delta[name]}`;
  }
}

/** Streams an answer, and takes whatever came of it. */
export async function stream(surroundings: Surroundings, ...rest: Rest): Promise<Block[]> {
  const blocks: Record<string, unknown>[] = [];
  const [messages, more] = rest;
  const text = await (await post(surroundings, messages, { ...more, stream: true })).text();
  for (const [, data = ""] of text.matchAll(/^data: (.*)$/gm)) add(blocks, JSON.parse(data) as StreamEvent);
  return blocks as Block[];
}

type Rest = readonly [messages: readonly Message[], more?: Readonly<Record<string, unknown>>];

/** Leaves a stream as soon as something is in it that it waits for; gives back what came. */
export async function leave(surroundings: Surroundings, messages: readonly Message[], at: string): Promise<string> {
  const leaving = new AbortController();
  const reply = await post(surroundings, messages, { stream: true }, leaving);
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of reply.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.includes(at)) break;
  }
  leaving.abort();
  return text;
}
