import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ClaudeEvent, formatClaudeEvent } from "@claude-on-aws/streaming/claude";
import { onTestFinished } from "vitest";

/** A service that begins an answer, and goes on with it when it is told to. */
export interface HeldStream {
  readonly url: string;
  /** Sends more of the text. */
  readonly send: (text: string) => void;
  /** Ends the answer as it should be. */
  readonly finish: () => void;
  /** Breaks the connection. */
  readonly break: () => void;
  /** Resolves when the client has gone. */
  readonly closed: Promise<void>;
}

/** Starts one that says "Good" and waits. */
export async function startHeldStream(): Promise<HeldStream> {
  let response: ServerResponse | undefined;
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const write = (...events: readonly ClaudeEvent[]): void => {
    for (const event of events) response?.write(formatClaudeEvent(event));
  };
  const text = (words: string): ClaudeEvent => ({
    type: "content_block_delta",
    index: 0,
    delta: { type: "text_delta", text: words },
  });
  const server = createServer((request, answer) => {
    request.resume();
    response = answer;
    answer.on("close", close);
    answer.writeHead(200, { "content-type": "text/event-stream", "request-id": "req_held" });
    const message = { id: "msg_1", type: "message", role: "assistant", model: "m", content: [] } as const;
    write(
      {
        type: "message_start",
        message: { ...message, stop_reason: null, stop_sequence: null, usage: { input_tokens: 3, output_tokens: 1 } },
      },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      text("Good"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    send: (words) => write(text(words)),
    finish: () => {
      write(
        { type: "content_block_stop", index: 0 },
        { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 2 } },
        { type: "message_stop" },
      );
      response?.end();
    },
    break: () => void response?.destroy(),
    closed,
  };
}
