import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StatusReport } from "../src/status/status-report.ts";
import { BROKEN_SET_UPS, type BrokenSetUp, SET_UPS, type SetUp, type WorkingSetUp } from "./set-ups.ts";
import { type Machine, setUpMachine, startFake } from "./support/run-commands.ts";

/** Every variable that leads a request to the fake. */
const baseUrls = (url: string): Readonly<Record<string, string>> => ({
  ANTHROPIC_AWS_BASE_URL: url,
  ANTHROPIC_BEDROCK_BASE_URL: url,
  ANTHROPIC_BEDROCK_MANTLE_BASE_URL: url === "" ? "" : `${url}/anthropic`,
});

async function setUp({ env, files, fake, url = (own) => own }: SetUp) {
  const started = await startFake(fake);
  const machine = setUpMachine({ ...baseUrls(url(started.url)), ...env }, files);
  return { ...started, machine };
}

async function tryOn(machine: Machine) {
  const { status, out, error } = await machine.status("--try", "--json");
  const { try: tried } = JSON.parse(out) as StatusReport;
  if (tried === undefined) throw new Error(`Nothing was tried: ${out}`);
  return { status, tried, printed: out + error };
}

const titled = <Row extends SetUp>(rows: readonly Row[]) => rows.map((row) => [row.name, row] as const);

describe("a set-up of the documents", () => {
  test.each(titled<WorkingSetUp>(SET_UPS))("%s: is tried with one small request, and asked", async (_, row) => {
    const { core, machine } = await setUp(row);
    const { status, tried } = await tryOn(machine);
    const asked = await machine.ask("Good morning");

    expect(tried).toMatchObject({ ok: true, status: 200, cause: null, fix: null, requestId: expect.any(String) });
    expect([status, asked.status, asked.out]).toEqual([0, 0, "Good morning\n"]);
    expect(core.journal.snapshot().exchanges.map(({ operation }) => operation)).toEqual(row.operations);
    const broken = core
      .report()
      .clients.flatMap(({ rules }) => rules.filter((each) => each.broken > 0 && each.level === "fail"));
    expect(broken.map(({ rule }) => rule)).toEqual(row.breaks ?? []);
    // A try signs in for nobody.
    expect(existsSync(join(machine.home, "login-was-run"))).toBe(false);
  });
});

describe("a broken set-up", () => {
  test.each(titled<BrokenSetUp>(BROKEN_SET_UPS))("%s: the cause is named, and no secret printed", async (_, row) => {
    const { core, machine } = await setUp(row);
    const { status, tried, printed } = await tryOn(machine);
    const asked = await machine.ask("Good morning");
    const told = await machine.status("--try");

    expect(tried).toMatchObject({ ok: false, subject: row.subject, code: row.code });
    expect(tried.cause).toMatch(new RegExp(`^${row.subject}`));
    expect(tried.cause).toMatch(row.names);
    expect(tried.fix).toMatch(/\S \S/);
    expect([...new Set(tried.statements.flatMap(({ Action }) => Action))]).toEqual(row.actions ?? []);
    expect([status, asked.status, asked.out]).toEqual(row.isUnsent ? [1, 1, ""] : [3, 3, ""]);
    expect(asked.error.replaceAll(/\s+/g, "")).toContain((tried.cause ?? "").replaceAll(/\s+/g, ""));
    if (row.isUnsent) expect(core.journal.snapshot().exchanges).toEqual([]);
    const all = [printed, asked.out, asked.error, told.out, told.error].join("\n");
    expect(SECRETS.filter((name) => all.includes(row.env[name] || "\0"))).toEqual([]);
  });
});

const SECRETS = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "ANTHROPIC_AWS_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"];
