import {
  redactForm,
  redactHeader,
  redactHost,
  redactQuery,
  redactTarget as redactUnknownTarget,
  redactText as redactUnknownText,
} from "@claude-on-aws/endpoints";
import type { Mistake } from "@claude-on-aws/auth/diagnose";
import { redactText } from "./redact.ts";
import { redactSecrets, type Secrets } from "./secrets.ts";

/** What the values of a mistake are, by the beginning of its code. */
const OF_MISTAKES: readonly (readonly [code: string, redact: (value: string) => string])[] = [
  ["PATH_", redactUnknownTarget],
  ["QUERY_", redactQuery],
  ["HOST_", redactHost],
  ["BODY_", (value) => redactForm("hash", value)],
];

/**
 * Writes a mistake in a signature as it may leave the process.
 *
 * @returns What was signed and what was received, as far as both may be shown.
 */
export function redactMistake<Found extends Mistake>(mistake: Found, secrets: Secrets): Found {
  const { code, header, signed, received } = mistake;
  const ofCode = OF_MISTAKES.find(([beginning]) => code.startsWith(beginning))?.[1] ?? redactUnknownText;
  const redact = header === undefined ? ofCode : (value: string): string => redactHeader(header, value);
  const shown = [signed, received].map((value) => value && redact(redactSecrets(value, secrets)));
  const [shownSigned, shownReceived] = shown;
  return {
    ...mistake,
    message: redactMessage(mistake.message, [signed, received], shown, secrets),
    fix: redactText(mistake.fix, secrets),
    ...(header === undefined ? {} : { header: redactText(header, secrets) }),
    ...(shownSigned === undefined ? {} : { signed: shownSigned }),
    ...(shownReceived === undefined ? {} : { received: shownReceived }),
  };
}

/** The message repeats both values in quotes; they are shown in it as they are beside it. */
function redactMessage(
  message: string,
  values: readonly (string | undefined)[],
  shown: readonly (string | undefined)[],
  secrets: Secrets,
): string {
  const index = values.findIndex((value) => value !== undefined && message.includes(`"${value}"`));
  if (index < 0) return redactText(message, secrets);
  const quoted = `"${values[index]}"`;
  return message
    .split(quoted)
    .map((part) => redactMessage(part, values.with(index, undefined), shown, secrets))
    .join(`"${shown[index]}"`);
}
