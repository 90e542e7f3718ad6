import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The file from which a client reads the authority's certificate. */
export interface CertificateFile {
  /** Absolute. */
  readonly path: string;
  /** Deletes it, unless its folder was named by the caller. */
  readonly remove: () => Promise<void>;
}

const FILE_NAME = "claude-on-aws-fake-ca.pem";

/**
 * Writes the certificate of an authority, and never its key, where clients find it.
 *
 * @param certificate The certificate, as PEM.
 * @param directory Folder to keep it in, made where it is missing; left out, a temporary one that no other user can look into.
 * @returns The file.
 * @throws The error of the operating system.
 */
export async function writeCertificateFile(certificate: string, directory?: string): Promise<CertificateFile> {
  if (directory !== undefined) await mkdir(directory, { recursive: true });
  const folder = directory === undefined ? await mkdtemp(join(tmpdir(), "claude-on-aws-fake-")) : resolve(directory);
  const path = join(folder, FILE_NAME);
  const remove = async (): Promise<void> => {
    if (directory === undefined) await rm(folder, { recursive: true, force: true });
  };
  // In a folder that others can write to, a link may lie under its name: it is replaced, and not followed.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, certificate, { mode: 0o600, flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    await remove();
    throw error;
  }
  return { path, remove };
}
