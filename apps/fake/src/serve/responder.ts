import { splitTarget } from "@claude-on-aws/endpoints";
import { type Handler, ListenError, type RequestHead } from "@claude-on-aws/listen";
import { answerVisitor } from "../control/answer-visitor.ts";
import { control } from "../control/control.ts";
import type { ControlAccess } from "../control/find-access-problem.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { FakeCore } from "../create/fake-core.ts";
import type { Operation } from "../exchange/operation.ts";
import { OPERATIONS } from "../operations/operations.ts";
import { DiagnosisBudget } from "../stores/diagnosis-budget.ts";
import { maxBodyBytes as maxOfUpload } from "../validate/check-body-size.ts";
import { failureReply } from "./failure-reply.ts";
import { inBatches } from "./batch.ts";
import { readBeginning } from "./read-beginning.ts";
import { isStreamed } from "../respond/is-streamed.ts";

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
export function createResponder(fake: FakeCore, access: ControlAccess): Handler {
  const { facts, maxJournalBodyBytes } = fake.settings;
  const { maxMessagesBodyBytes, maxInvokeModelBodyBytes } = facts;
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
    let body: Uint8Array | Body;
    try {
      const { contentLength = SHORT_BYTES + 1 } = request;
      const maxBytes = maxBodyBytes(head);
      // What is long is only kept where it may be needed.
      const isLong = contentLength > SHORT_BYTES && contentLength <= maxBytes;
      const isNeeded = !isLong || !(await fake.isRefusedUnread(head));
      const read = isNeeded ? request.read(maxBytes) : readBeginning(request, maxBytes, maxJournalBodyBytes);
      body = (await read) ?? TOO_LONG;
    } catch (error) {
      if (!hasNoRoom(error)) return { ...failureReply(error), onEnd: fake.noteUnread(head) };
      body = NO_ROOM;
    }
    const clientSignal = (): AbortSignal => request.signal;
    return (
      control(head, fake, access) ??
      answerVisitor(head) ??
      toReply(await handle(receive(head, body, clientSignal, mayDiagnose)))
    );
  };
}

/** Bodies that are read without asking whether anybody needs them: nearly all. */
const SHORT_BYTES = 65_536;

/** What was read of a body that is not at hand as a whole. */
type Body = Pick<ReceivedRequest, "body" | "bodyBytes" | "bodySha256" | "bodyTooLarge" | "bodyHasNoRoom">;

const TOO_LONG: Body = { body: new Uint8Array(), bodyTooLarge: true };
const NO_ROOM: Body = { ...TOO_LONG, bodyHasNoRoom: true };

const hasNoRoom = (error: unknown): boolean => error instanceof ListenError && error.code === "NO_ROOM";

/** A request as the fake takes it. */
function receive(
  head: RequestHead,
  read: Uint8Array | Body,
  clientSignal: () => AbortSignal,
  mayDiagnose: ReceivedRequest["mayDiagnose"] & object,
): ReceivedRequest {
  const { method, target, headers, httpVersion, secure } = head;
  const more = read instanceof Uint8Array ? ({ body: read, bodyIsUnshared: true } as const) : read;
  const request = {
    method,
    target,
    headers,
    httpVersion,
    wire: "received",
    takesParts: true,
    clientSignal,
    mayDiagnose,
    ...more,
  } as const;
  return secure === undefined ? request : { ...request, secure };
}

/** The services send no length of a stream, however much of it is ready at once. */
const toReply = (reply: WireReply): WireReply =>
  reply.body instanceof Uint8Array && isStreamed(reply) ? { ...reply, body: [reply.body] } : reply;
