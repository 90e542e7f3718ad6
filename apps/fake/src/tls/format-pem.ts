/**
 * Writes bytes as PEM, 64 characters a line.
 *
 * @param label What they are, such as `CERTIFICATE`.
 * @param bytes The bytes.
 * @returns Lines, each with its line feed.
 */
export function formatPem(label: string, bytes: Uint8Array): string {
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,64}/g);
  return [`-----BEGIN ${label}-----`, ...(lines ?? []), `-----END ${label}-----`, ""].join("\n");
}
