import type { Exchange } from "./exchange.ts";
import type { MessageForm } from "./reply.ts";

/**
 * Decides in which form a message would answer.
 *
 * @returns `undefined` where the operation answers none.
 */
export function resolveForm({ route, input }: Pick<Exchange, "route" | "input">): MessageForm | undefined {
  const form = route.operation?.built?.form;
  return form === "message" && input?.["stream"] === true ? "message-stream" : form;
}
