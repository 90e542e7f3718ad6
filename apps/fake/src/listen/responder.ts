import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { Readable } from "node:stream";
import { control } from "../control/control.ts";
import type { WireReply } from "../exchange.ts";
import type { FakeCore } from "../fake-core.ts";
import { readBody } from "./read-body.ts";

/** The head of a request. */
export type RequestHead = Omit<WireRequest, "body">;

/** Answers a request whose body is still to be read. */
export type Responder = (head: RequestHead, body: Readable) => Promise<WireReply>;

/** Reads the body, asks the fake, and counts what is under way. */
export function createResponder(
  fake: FakeCore,
  listensOn: () => string,
): Responder & { readonly pending: () => number } {
  const { maxMessagesBodyBytes, maxInvokeModelBodyBytes } = fake.settings.facts;
  const maxBodyBytes = Math.max(maxMessagesBodyBytes, maxInvokeModelBodyBytes);
  let pending = 0;
  const respond = async (head: RequestHead, stream: Readable): Promise<WireReply> => {
    pending++;
    try {
      const body = await readBody(stream, maxBodyBytes);
      const controlled = control(head, fake, listensOn());
      if (controlled !== undefined) return controlled;
      return await fake.handle(
        body === undefined
          ? { ...head, body: new Uint8Array(), bodyTooLarge: true, wire: "received" }
          : { ...head, body, wire: "received" },
      );
    } finally {
      pending--;
    }
  };
  return Object.assign(respond, { pending: () => pending });
}
