import type { ServerHttp2Session } from "node:http2";
import { setImmediate } from "node:timers";

/**
 * Puts off the end of a session until what was just received has been dealt with.
 *
 * Deno 2.9 destroys a session within the callback that tells it of a GOAWAY, and nghttp2 then goes on in memory that
 * was freed. Where another session has taken that memory meanwhile, a client that says goodbye ends the whole process,
 * with a failed assertion or a segmentation fault: seen within some hundred to some thousand goodbyes.
 *
 * @see {@link https://github.com/denoland/deno/issues/36788 | The same assertion in a client, as reported}
 */
export function destroyLater(session: ServerHttp2Session): void {
  const destroy = session.destroy.bind(session);
  session.destroy = (...reason) => void setImmediate(destroy, ...reason);
}
