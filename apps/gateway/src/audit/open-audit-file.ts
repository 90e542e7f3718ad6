import { type FileHandle, open } from "node:fs/promises";
import type { AuditTarget } from "./audit-target.ts";

/** The one who runs the gateway may read it, nobody else. */
const MODE = 0o600;

/**
 * Opens a file that lines are added to.
 *
 * @param path Its path.
 * @returns The target.
 * @throws What opening it throws.
 */
export async function openAuditFile(path: string): Promise<AuditTarget> {
  const openFile = (): Promise<FileHandle> => open(path, "a", MODE);
  let file = await openFile();
  return {
    write: async (bytes) => (await file.write(bytes)).bytesWritten,
    reopen: async () => {
      const next = await openFile();
      const before = file;
      file = next;
      await before.close();
    },
    close: () => file.close(),
  };
}
