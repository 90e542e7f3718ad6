import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";

/**
 * Writes a file so that nobody ever reads half of it: under another name beside
 * it first. A device or a pipe is written to as it is.
 *
 * @param path The file.
 * @param text What it is to hold.
 * @param drawName Gives the name of the temporary file, which nobody knows before.
 * @throws The error of the operating system, such as `ENOSPC`; the old file is still there then.
 */
export async function replaceFile(path: string, text: string, drawName: () => string = randomUUID): Promise<void> {
  // A link stays a link.
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    await writeFile(target, text);
    return;
  }
  // A name that nobody can know before, and only if nothing has it: what lies there may be a link to somebody's file.
  const temporary = `${target}.${drawName()}.tmp`;
  await writeFile(temporary, text, { flag: "wx" }).catch(async (error: unknown) => {
    if ((error as { readonly code?: string }).code !== "EEXIST") await rm(temporary, { force: true });
    throw error;
  });
  try {
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
