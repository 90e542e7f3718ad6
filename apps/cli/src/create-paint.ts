import { styleText } from "node:util";

/** Gives a text a colour or another style of the terminal. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/**
 * Makes what writes texts in colour.
 *
 * @param colour Whether there is to be any.
 * @returns What paints, or leaves each text as it is.
 */
export function createPaint(colour: boolean): Paint {
  if (!colour) return (_, text) => text;
  // Whether the terminal wants colour was asked once, for all that is printed.
  return (style, text) => styleText(style, text, { validateStream: false });
}
