import { CliError } from "../cli-error.ts";

const SPAN = /^(\d{1,6})([mhd])$/;
const DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z)?$/;

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads when a token ends.
 *
 * @param text A span such as `30d`, `12h` or `90m`, a day such as `2027-01-31` or a time such as `2027-01-31T12:00Z`, or `never`.
 * @param now The time from which a span counts.
 * @returns When; null for never.
 * @throws {CliError} `USAGE` where it is none of these.
 */
export function parseExpiry(text: string, now: Date): Date | null {
  if (text === "never") return null;
  const [, count = "", unit = ""] = SPAN.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  const end = unitMs === undefined ? readTime(text) : new Date(now.getTime() + Number(count) * unitMs);
  if (end !== undefined && end.getTime() > now.getTime()) return end;
  throw new CliError(
    "USAGE",
    `Not an end that is to come: "${text}". Expected a span such as 30d, 12h or 90m, a day such as 2027-01-31, or never.`,
  );
}

function readTime(text: string): Date | undefined {
  const time = new Date(text);
  // Whoever writes the 31st of a month that has 30 days means no day of the next one.
  return DAY.test(text) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 10))
    ? time
    : undefined;
}
