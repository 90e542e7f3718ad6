import { splitTarget } from "@claude-on-aws/endpoints";
import type { Handler, RequestHead } from "@claude-on-aws/listen";
import { answerVisitor } from "../control/answer-visitor.ts";
import { control } from "../control/control.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { FakeCore } from "../create/fake-core.ts";
import type { Operation } from "../exchange/operation.ts";
import { OPERATIONS } from "../operations/operations.ts";
import { DiagnosisBudget } from "../stores/diagnosis-budget.ts";
import { maxBodyBytes as maxOfUpload } from "../validate/check-body-size.ts";
import { failureReply } from "./failure-reply.ts";
import { inBatches } from "./batch.ts";
import { isStreamed } from "./is-streamed.ts";

const NO_BODY = new Uint8Array();

/** Operations that may take more than a message, by their paths: all of them are a POST to a path without names. */
const UPLOADS: Readonly<Record<string, Operation>> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    OPERATIONS.filter(
      ({ method, path, built }) => method === "POST" && !path.includes("{") && built?.maxBodyBytes !== undefined,
    ).map((operation) => [operation.path, operation]),
  ),
);

/** What the server does with a request: the fake's own routes and pages first, then the fake. */
export function createResponder(fake: FakeCore, listensOn: string): Handler {
  const { maxMessagesBodyBytes, maxInvokeModelBodyBytes } = fake.settings.facts;
  const longest = Math.max(maxMessagesBodyBytes, maxInvokeModelBodyBytes);
  const diagnoses = new DiagnosisBudget(fake.settings.maxDiagnosesPerSecond);
  const mayDiagnose = (now: Date, bodyBytes: number): boolean => diagnoses.take(now, bodyBytes);
  const handle = inBatches((request: ReceivedRequest) => fake.handle(request));
  // Two routes take more than all others; for every other request the comparison is all it costs.
  const maxBodyBytes = ({ method, target }: RequestHead): number => {
    const upload = method === "POST" ? UPLOADS[splitTarget(target).path] : undefined;
    return upload === undefined ? longest : maxOfUpload(upload, fake.settings);
  };
  return async (head, request) => {
    let body: Uint8Array | undefined;
    try {
      body = await request.read(maxBodyBytes(head));
    } catch (error) {
      return { ...failureReply(error), onEnd: fake.noteUnread(head) };
    }
    return (
      control(head, fake, listensOn) ??
      answerVisitor(head) ??
      toReply(await handle({ ...receive(head, body, () => request.signal), mayDiagnose }))
    );
  };
}

/** A request as the fake takes it; without a body where that was longer than what is read. */
function receive(head: RequestHead, body: Uint8Array | undefined, clientSignal: () => AbortSignal): ReceivedRequest {
  const { method, target, headers, httpVersion } = head;
  const over = head.secure === undefined ? undefined : { secure: head.secure };
  return body === undefined
    ? {
        method,
        target,
        headers,
        httpVersion,
        body: NO_BODY,
        wire: "received",
        bodyTooLarge: true,
        clientSignal,
        ...over,
      }
    : { method, target, headers, httpVersion, body, wire: "received", clientSignal, ...over };
}

/** The services send no length of a stream, however much of it is ready at once. */
const toReply = (reply: WireReply): WireReply =>
  reply.body instanceof Uint8Array && isStreamed(reply) ? { ...reply, body: [reply.body] } : reply;
