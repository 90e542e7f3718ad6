import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The file that a client reads the authority's certificate from. */
export interface CertificateFile {
  /** Absolute. */
  readonly path: string;
  /** Takes it away again, unless its folder was named by the caller. */
  readonly remove: () => Promise<void>;
}

const FILE_NAME = "claude-on-aws-fake-ca.pem";

/**
 * Writes the certificate of an authority, and never its key, where clients find it.
 *
 * @param directory Folder to keep it in, made where it is missing; otherwise a temporary one that no other user can look into.
 * @throws The error of the operating system.
 */
export async function writeCertificateFile(certificate: string, directory?: string): Promise<CertificateFile> {
  if (directory !== undefined) await mkdir(directory, { recursive: true });
  const folder = directory === undefined ? await mkdtemp(join(tmpdir(), "claude-on-aws-fake-")) : resolve(directory);
  const path = join(folder, FILE_NAME);
  const remove = async (): Promise<void> => {
    if (directory === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await writeFile(path, certificate, { mode: 0o600 });
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}
