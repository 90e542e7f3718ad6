import process from "node:process";
import { GatewayError } from "../gateway-error.ts";
import type { AuditSettings } from "../settings/gateway-settings.ts";
import type { AuditTarget } from "./audit-target.ts";
import { auditToStream } from "./audit-to-stream.ts";
import { type AuditLog, createAuditLog } from "./create-audit-log.ts";
import { openAuditFile } from "./open-audit-file.ts";

/** Targets that are no files, by the word of the settings. */
const STREAMS: Readonly<Record<string, () => AuditTarget>> = {
  stdout: () => auditToStream(process.stdout),
  stderr: () => auditToStream(process.stderr),
};

/**
 * Opens the audit that the settings name.
 *
 * @param settings Where lines go, and what follows where they cannot.
 * @param warn Told in words when lines are lost.
 * @returns The audit.
 * @throws {GatewayError} `AUDIT_UNWRITABLE` where its file cannot be opened.
 */
export async function openAudit(settings: AuditSettings, warn: (line: string) => void): Promise<AuditLog> {
  const { to, onFailure, maxQueuedBytes } = settings;
  const target = Object.hasOwn(STREAMS, to) ? STREAMS[to]?.() : undefined;
  return createAuditLog(target ?? (await openFile(to)), { onFailure, maxQueuedBytes, warn });
}

async function openFile(path: string): Promise<AuditTarget> {
  try {
    return await openAuditFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "its folder does not exist; make it" : `${message}; choose another place`;
    throw new GatewayError("AUDIT_UNWRITABLE", `Cannot write the audit to ${path}: ${why}`, { cause });
  }
}
