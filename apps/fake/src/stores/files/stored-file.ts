/** A file as the fake keeps it. */
export interface StoredFile {
  readonly id: string;
  readonly workspaceId: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly content: Uint8Array;
}

/**
 * Describes a file as the service does.
 *
 * @returns An object of JSON.
 * @see {@link https://platform.claude.com/docs/en/api/files | Files}
 */
export const describeFile = (file: StoredFile, downloadable: boolean): object => ({
  type: "file",
  id: file.id,
  filename: file.filename,
  mime_type: file.mimeType,
  size_bytes: file.content.length,
  created_at: file.createdAt.toISOString(),
  expires_at: file.expiresAt?.toISOString() ?? null,
  downloadable,
});
