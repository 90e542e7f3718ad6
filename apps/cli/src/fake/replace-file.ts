import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";

/**
 * Writes a file so that nobody ever reads half of it: under another name beside
 * it first. A device or a pipe is written to as it is.
 *
 * @param path The file.
 * @param text What it is to hold.
 * @throws The error of the operating system, such as `ENOSPC`; the old file is still there then.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  // A link stays a link.
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    await writeFile(target, text);
    return;
  }
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
