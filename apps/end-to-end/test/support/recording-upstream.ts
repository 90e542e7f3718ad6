import { type Handler, listen, type RequestHead } from "@claude-on-aws/listen";

/** A request as a service received it. */
interface ReceivedRequest extends RequestHead {
  readonly body: Uint8Array;
}

/** A server in the place of a service, which says what it received. */
export interface RecordingUpstream {
  readonly url: string;
  readonly received: ReceivedRequest[];
  readonly close: () => Promise<void>;
}

const MESSAGE = new TextEncoder().encode(
  '{"type":"message","content":[],"usage":{"input_tokens":1,"output_tokens":1}}',
);

const answerMessage: Handler = () => ({ status: 200, headers: [["content-type", "application/json"]], body: MESSAGE });

/** Starts a server that keeps what it receives and answers with a message, or as it is told. */
export async function openRecordingUpstream(answer: Handler = answerMessage): Promise<RecordingUpstream> {
  const received: ReceivedRequest[] = [];
  const listener = await listen(async (head, request) => {
    received.push({ ...head, body: (await request.read(67_108_864)) ?? new Uint8Array() });
    return answer(head, request);
  });
  return { url: listener.url, received, close: () => listener.close() };
}
