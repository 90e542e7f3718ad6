const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2}))?)?)?$/;

const SECONDS = /^\d{5,13}(?:\.\d{1,9})?$/;

/**
 * Reads a date of a condition: a W3C form of ISO 8601, or seconds since 1970.
 * Four digits are a year.
 *
 * @param text The value in the policy or the request.
 * @returns Milliseconds since 1970; `undefined` if it is not a date.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date | Date condition operators}
 * @see {@link https://www.w3.org/TR/NOTE-datetime | Date and time formats}
 */
export function parseInstant(text: string): number | undefined {
  const match = DATE.exec(text);
  if (match === null) return SECONDS.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    match;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const offset = zone === "Z" || zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const instant = Date.parse(`${time}${offset}`);
  if (Number.isNaN(instant)) return undefined;
  // The engines turn February 30th into a day of March; a policy that says so is wrong.
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= days ? instant : undefined;
}
