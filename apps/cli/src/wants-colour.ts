import { styleText } from "node:util";

/**
 * Says whether a stream wants colour, as Node decides it: where it is a terminal, and neither `NO_COLOR`,
 * `NODE_DISABLE_COLORS` nor `TERM=dumb` say otherwise; `FORCE_COLOR` wins over all of them.
 *
 * @param stream The stream that is written to.
 * @returns Whether it does.
 */
export function wantsColour(stream: NodeJS.WritableStream): boolean {
  return styleText("bold", "text", { stream, validateStream: true }) !== "text";
}
