import { escapeForTerminal } from "@claude-on-aws/endpoints";

/** Prints text as it comes. */
export interface SafeWriter {
  /** Prints a part of a line; what may yet turn out to begin a command of a CI runner waits for what follows. */
  readonly write: (text: string) => void;
  /** Prints what waits. */
  readonly flush: () => void;
}

/**
 * Wraps what prints parts of lines so that nothing reaches it raw, however the text is cut: what only stands at the beginning of
 * a part is not taken for the beginning of a line.
 *
 * @param print Prints.
 * @returns What text is written to.
 */
export function createSafeWriter(print: (text: string) => void): SafeWriter {
  let waiting = "";
  let isBlankSoFar = true;
  const emit = (text: string): void => {
    if (text === "") return;
    print(isBlankSoFar ? escapeForTerminal(text, false) : escapeForTerminal(`.${text}`, false).slice(1));
    const line = text.slice(text.lastIndexOf("\n") + 1);
    isBlankSoFar = (isBlankSoFar || line.length < text.length) && isBlank(line);
  };
  return {
    write: (text) => {
      const pending = waiting + text;
      const end = findUndecided(pending, isBlankSoFar);
      waiting = pending.slice(end);
      emit(pending.slice(0, end));
    },
    flush: () => {
      emit(waiting);
      waiting = "";
    },
  };
}

/** The name of a command is not longer, in letters. */
const MAX_NAME = 64;

/** Where the end of a text begins of which only what follows says whether it is harmless. */
function findUndecided(text: string, isBlankSoFar: boolean): number {
  const { length } = text;
  // `::` behind nothing but space.
  if (text.endsWith(":")) {
    const line = text.slice(text.lastIndexOf("\n") + 1, -1);
    const isWholeLine = line.length < length - 1;
    return isBlank(line) && (isWholeLine || isBlankSoFar) ? length - 1 : length;
  }
  // `##[` anywhere, with letters in between.
  let name = length;
  while (name > 0 && length - name < MAX_NAME && isLetter(text.charAt(name - 1))) name -= 1;
  let hashes = name;
  while (hashes > 0 && name - hashes < 2 && text.charAt(hashes - 1) === "#") hashes -= 1;
  return hashes < name ? hashes : length;
}

const isLetter = (character: string): boolean => /^[A-Za-z]$/.test(character);

const isBlank = (text: string): boolean => text.trim() === "";
