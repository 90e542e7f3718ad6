import { readFile } from "node:fs/promises";
import { GatewayError } from "../gateway-error.ts";
import type { ListenSettings } from "../settings/gateway-settings.ts";

/**
 * Reads the certificate and the key of the gateway.
 *
 * @param tls Where they are.
 * @returns Both as PEM.
 * @throws {GatewayError} `SETTINGS_INVALID` where one cannot be read.
 */
export async function readTls({
  certificateFile,
  keyFile,
}: NonNullable<ListenSettings["tls"]>): Promise<{ readonly cert: string; readonly key: string }> {
  const [cert, key] = await Promise.all([
    read("listen.tls.certificateFile", certificateFile),
    read("listen.tls.keyFile", keyFile),
  ]);
  return { cert, key };
}

async function read(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new GatewayError("SETTINGS_INVALID", `Cannot read ${setting}, ${path}: ${why}; name a file of PEM`, {
      cause,
    });
  }
}
