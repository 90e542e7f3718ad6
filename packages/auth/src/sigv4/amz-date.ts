// Requests of the same second share their date.
let formattedSecond = Number.NaN;
let formatted = "";

/**
 * Writes a time as `YYYYMMDDTHHMMSSZ`.
 *
 * @param date The time, which has to be valid.
 * @returns Its text; fractions of a second are dropped.
 */
export function formatAmzDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== formattedSecond) {
    formatted = date.toISOString().replace(/[:-]|\.\d{3}/g, "");
    formattedSecond = second;
  }
  return formatted;
}

let parsedText = "";
let parsedTime = Number.NaN;

/**
 * Reads `YYYYMMDDTHHMMSSZ`, or the form of the `Date` header.
 *
 * @param text The header's value.
 * @returns The time; `undefined` if the text is neither.
 */
export function parseAmzDate(text: string): Date | undefined {
  if (text !== parsedText) {
    parsedTime = parseTime(text);
    parsedText = text;
  }
  return Number.isNaN(parsedTime) ? undefined : new Date(parsedTime);
}

function parseTime(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (parts !== null) {
    const [, year, month, day, hour, minute, second] = parts;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  }
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}
