import { constants, type Stats } from "node:fs";
import { open, stat } from "node:fs/promises";

/** Stands for a file that is empty, wherever a file has to be named. */
const EMPTY_FILE = "/dev/null";

/** What is no file, in words. */
const KINDS: readonly (readonly [what: string, is: (stats: Stats) => boolean])[] = [
  ["a folder", (stats) => stats.isDirectory()],
  ["a pipe", (stats) => stats.isFIFO()],
  ["a socket", (stats) => stats.isSocket()],
  ["a device", (stats) => stats.isCharacterDevice() || stats.isBlockDevice()],
];

/** UTF-8 takes no more for one UTF-16 code unit. */
const MAX_BYTES_PER_CHARACTER = 3;

/**
 * Reads a text file, and nothing that may never end: what is a pipe, a device or a folder is refused at once, and so is what
 * is too long.
 *
 * @example Usage
 * ```ts
 * import { readTextFile } from "@claude-on-aws/env/load";
 * import { rejects } from "node:assert/strict";
 *
 * await rejects(readTextFile("/", 1000), /it is a folder; expected a file/);
 * ```
 *
 * @param path The file.
 * @param maxCharacters Longest text that is read, in characters.
 * @returns The text; `undefined` where there is no such file.
 * @throws {Error} With the reason in words, to be put after "it cannot be read: ".
 */
export async function readTextFile(path: string, maxCharacters: number): Promise<string | undefined> {
  if (path === EMPTY_FILE) return "";
  const maxBytes = maxCharacters * MAX_BYTES_PER_CHARACTER;
  try {
    const stats = await stat(path);
    const kind = KINDS.find(([, is]) => is(stats))?.[0];
    if (kind !== undefined) throw new Error(`it is ${kind}; expected a file`);
    if (stats.size > maxBytes) throw tooLong(maxCharacters);
    return await readBounded(path, maxCharacters, maxBytes);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

const tooLong = (maxCharacters: number): Error => new Error(`it is longer than ${maxCharacters} characters`);

/** Files of the system say that they are empty, and are not; nor need a file be what it was a moment ago. */
async function readBounded(path: string, maxCharacters: number, maxBytes: number): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const buffer = new Uint8Array(65_536);
    let text = "";
    for (let bytes = 0; bytes <= maxBytes;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) {
        text += decoder.decode();
        if (text.length > maxCharacters) break;
        return text;
      }
      bytes += bytesRead;
      text += decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
    }
    throw tooLong(maxCharacters);
  } finally {
    await file.close();
  }
}
