import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AuditRecord } from "./audit-record.ts";
import { openAudit } from "./open-audit.ts";

const record = (id: string): AuditRecord => ({ id }) as unknown as AuditRecord;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "audit-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe("openAudit()", () => {
  test("adds lines to a file that others cannot read, and to what lies there after logrotate", async () => {
    const file = join(await makeFolder(), "audit.jsonl");
    const audit = await openAudit({ to: file }, () => {});
    await audit.sink(record("1"));
    await audit.reopen();
    await rename(file, `${file}.1`);
    await audit.sink(record("2"));
    await audit.reopen();
    await audit.sink(record("3"));
    await audit.close();
    const again = await openAudit({ to: file }, () => {});
    await again.sink(record("4"));
    await again.close();

    expect(await readFile(`${file}.1`, "utf8")).toBe('{"id":"1"}\n{"id":"2"}\n');
    expect(await readFile(file, "utf8")).toBe('{"id":"3"}\n{"id":"4"}\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("goes on in the old file where the other cannot be opened, and says so", async () => {
    const folder = await makeFolder();
    const inner = await mkdtemp(join(folder, "inner-"));
    const audit = await openAudit({ to: join(inner, "audit.jsonl") }, () => {});
    await rename(inner, join(folder, "moved"));
    await expect(audit.reopen()).rejects.toMatchObject({ code: "ENOENT" });
    await audit.sink(record("1"));
    await audit.close();

    expect(await readFile(join(folder, "moved", "audit.jsonl"), "utf8")).toBe('{"id":"1"}\n');
  });

  const FULL = "/dev/full";
  const NO_FULL = existsSync(FULL) ? "" : ` (skipped: this system has no ${FULL})`;
  test.skipIf(NO_FULL !== "").each([
    ["continue", "requests go on without", 2],
    ["refuse", "no request is taken until it can", 0],
  ] as const)(`on a full disk does as the settings say: %s${NO_FULL}`, async (onFailure, follows, lost) => {
    const said: string[] = [];
    const audit = await openAudit({ to: FULL, onFailure }, (line) => void said.push(line));
    const kept: unknown[] = [];
    for (const id of ["1", "2"])
      kept.push(await Promise.resolve(audit.sink(record(id))).catch((error: unknown) => error));
    while (!audit.isFailing() || audit.lost() < lost) await setImmediate();

    const failed = expect.objectContaining({ code: "AUDIT_UNWRITABLE" }) as unknown;
    expect(kept).toEqual(onFailure === "refuse" ? [failed, failed] : [undefined, undefined]);
    expect(said).toEqual([expect.stringMatching(new RegExp(`(?:ENOSPC|No space left).*${follows}`)) as string]);
    expect(audit.lost()).toBe(lost);
    await audit.close();
    // What waited is lost in the end.
    expect(audit.lost()).toBe(2);
  });

  test("says what is wrong with a place that it cannot write to", async () => {
    const to = join(await makeFolder(), "none", "audit.jsonl");

    await expect(openAudit({ to }, () => {})).rejects.toMatchObject({
      code: "AUDIT_UNWRITABLE",
      message: `Cannot write the audit to ${to}: its folder does not exist; make it`,
    });
  });
});
