import { mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  test("says what is wrong with a place that it cannot write to", async () => {
    const to = join(await makeFolder(), "none", "audit.jsonl");

    await expect(openAudit({ to }, () => {})).rejects.toMatchObject({
      code: "AUDIT_UNWRITABLE",
      message: `Cannot write the audit to ${to}: its folder does not exist; make it`,
    });
  });
});
