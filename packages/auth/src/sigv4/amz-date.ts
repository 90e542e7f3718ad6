/** Writes a time as `YYYYMMDDTHHMMSSZ`. */
export function formatAmzDate(date: Date): string {
  return date.toISOString().replace(/[:-]|\.\d{3}/g, "");
}

/**
 * Reads `YYYYMMDDTHHMMSSZ`, or the form of the `Date` header.
 *
 * @returns `undefined` where the text is neither.
 */
export function parseAmzDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (parts !== null) {
    const [, year, month, day, hour, minute, second] = parts;
    return validDate(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  }
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? validDate(text) : undefined;
}

function validDate(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
