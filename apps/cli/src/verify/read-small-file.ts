import { open, stat } from "node:fs/promises";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "../fake/explain-file-error.ts";

/**
 * Reads a file that is small, or none: a folder, a pipe or a device is refused before it is opened, since opening one may
 * wait for ever.
 *
 * @param path The file.
 * @param what What it is, for the message: `the credentials`.
 * @param maxBytes The longest that is read.
 * @returns Its text.
 * @throws {CliError} `FILE_UNREADABLE`; the message holds nothing of the file.
 */
export async function readSmallFile(path: string, what: string, maxBytes: number): Promise<string> {
  const refuse = (why: string, cause?: unknown): CliError =>
    new CliError("FILE_UNREADABLE", `Cannot read ${what} from ${path}: ${why}`, { cause });
  let bytes: Uint8Array;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw refuse(`it is ${kindOf(found)}; expected a file of ${maxBytes} bytes at most`);
    bytes = await readStart(path, maxBytes + 1);
  } catch (cause) {
    throw cause instanceof CliError ? cause : refuse(explainFileError(cause), cause);
  }
  if (bytes.length > maxBytes) throw refuse(`it is longer than ${maxBytes} bytes; expected one file of credentials`);
  return new TextDecoder().decode(bytes);
}

type Found = Awaited<ReturnType<typeof stat>>;

function kindOf(found: Found): string {
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a pipe";
  return found.isSocket() ? "a socket" : "a device";
}

/** A file of the system may be longer than it says. */
async function readStart(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(length);
    let held = 0;
    while (held < length) {
      const { bytesRead } = await file.read(bytes, held, length - held, null);
      if (bytesRead === 0) break;
      held += bytesRead;
    }
    return bytes.subarray(0, held);
  } finally {
    await file.close();
  }
}
