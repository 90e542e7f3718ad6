import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { splitTarget } from "@claude-on-aws/endpoints";
import { control } from "../control/control.ts";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import type { FakeCore } from "../create/fake-core.ts";
import type { Operation } from "../exchange/operation.ts";
import { OPERATIONS } from "../operations/operations.ts";
import { maxBodyBytes as maxOfUpload } from "../validate/check-body-size.ts";
import { inBatches } from "./batch.ts";

/** The head of a request. */
export type RequestHead = Omit<WireRequest, "body"> & Pick<ReceivedRequest, "secure">;

/** Answers a request; the body is `undefined` where it was longer than {@link Responder.maxBodyBytes}. */
export interface Responder {
  (head: RequestHead, body: Uint8Array | undefined, wire: ReceivedRequest["wire"]): WireReply | Promise<WireReply>;
  /** The longest body that is read of a request, in bytes. */
  readonly maxBodyBytes: (method: string, target: string) => number;
}

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

/** What every server does with a request that it has read: the fake's own routes first, then the fake. */
export function createResponder(fake: FakeCore, listensOn: string): Responder {
  const { maxMessagesBodyBytes, maxInvokeModelBodyBytes } = fake.settings.facts;
  const longest = Math.max(maxMessagesBodyBytes, maxInvokeModelBodyBytes);
  const handle = inBatches((request: ReceivedRequest) => fake.handle(request));
  const respond = (
    { method, target, headers, httpVersion, secure }: RequestHead,
    body: Uint8Array | undefined,
    wire: ReceivedRequest["wire"],
  ): WireReply | Promise<WireReply> => {
    const over = secure === undefined ? undefined : { secure };
    const controlled = control({ method, target, headers, httpVersion, ...over }, fake, listensOn);
    if (controlled !== undefined) return controlled;
    return handle(
      body === undefined
        ? { method, target, headers, httpVersion, body: NO_BODY, wire, bodyTooLarge: true, ...over }
        : { method, target, headers, httpVersion, body, wire, ...over },
    );
  };
  // Two routes take more than all others; for every other request the comparison is all it costs.
  const maxBodyBytes: Responder["maxBodyBytes"] = (method, target) => {
    const upload = method === "POST" ? UPLOADS[splitTarget(target).path] : undefined;
    return upload === undefined ? longest : maxOfUpload(upload, fake.settings);
  };
  return Object.assign(respond, { maxBodyBytes });
}
