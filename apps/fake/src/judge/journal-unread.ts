import type { UnreadRequest } from "../record/unread-request.ts";
import { redactHeaders, redactTarget, redactText } from "../redact/redact.ts";
import { type Secrets, secretsOf } from "../redact/secrets.ts";
import { type JournalEnd, journalEnd } from "../evidence/exchange-end.ts";

/** A request whose body never came whole, without secrets. */
export interface JournalUnread {
  readonly id: string;
  /** When it was given up, ISO 8601. */
  readonly time: string;
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly httpVersion: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
  };
  readonly end: JournalEnd;
}

/**
 * Writes a request out whose body never came whole.
 *
 * @param unread The request.
 * @param configured The secrets of the fake.
 * @returns The request, as it may leave the process.
 */
export function journalUnread({ id, receivedAt, head, end }: UnreadRequest, configured: Secrets): JournalUnread {
  const secrets = secretsOf({ request: head }, configured);
  return {
    id,
    time: receivedAt.toISOString(),
    request: {
      method: redactText(head.method, secrets),
      target: redactTarget(head.target, secrets),
      httpVersion: head.httpVersion,
      headers: redactHeaders(head.headers, secrets),
    },
    end: journalEnd(end, secrets),
  };
}
