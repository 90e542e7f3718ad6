import { createHash } from "node:crypto";
import { redactField } from "@claude-on-aws/endpoints";
import { type BodyFields, type FieldValue, summarizeFields } from "../record/body-fields.ts";
import { isWhole, type KeptExchange } from "../record/kept-exchange.ts";
import { redactBody, redactCutBody, redactText } from "../redact/redact.ts";
import { redactCutText, redactSecrets, type Secrets } from "../redact/secrets.ts";
import type { BodyEvidence } from "./evidence.ts";
import { findRepeatedName } from "./find-repeated-name.ts";

/**
 * Reads what the rules ask of a body.
 *
 * @param kept The exchange with the body, as far as that was kept.
 * @param text The same as text, a byte order mark included.
 * @param input The same as an object; `undefined` where it is none, or was cut.
 * @returns Without secrets.
 */
export function bodyEvidence(
  kept: Pick<KeptExchange, "body" | "bodyBytes" | "fields">,
  text: string,
  input: Readonly<Record<string, unknown>> | undefined,
  secrets: Secrets,
): BodyEvidence {
  const { body, bodyBytes } = kept;
  const whole = isWhole(kept);
  const fields = kept.fields ?? (input && summarizeFields(input));
  const repeatedName = whole && fields !== undefined ? findRepeatedName(text) : undefined;
  return {
    bytes: bodyBytes,
    isWhole: whole,
    text: whole ? redactBody(redactSecrets(text, secrets)) : redactCutBody(redactCutText(text, secrets)),
    sha256: createHash("sha256").update(body).digest("hex"),
    isUtf8: isUtf8(body, whole),
    hasByteOrderMark: body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf,
    ...(repeatedName === undefined ? {} : { repeatedName: redactText(repeatedName, secrets) }),
    ...(fields === undefined ? {} : { fields: redactFields(fields, secrets) }),
  };
}

function isUtf8(body: Uint8Array, whole: boolean): boolean {
  try {
    // A cut may fall inside a character.
    new TextDecoder("utf-8", { fatal: true }).decode(body, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

const redactFields = (fields: BodyFields, secrets: Secrets): (readonly [string, FieldValue])[] =>
  [...fields].map(([name, value]) => [redactText(name, secrets), redactValue(name, value, secrets)]);

function redactValue(name: string, value: FieldValue, secrets: Secrets): FieldValue {
  if (typeof value === "string") return redactField(name, redactSecrets(value, secrets));
  if (isTexts(value)) return value.map((text) => redactField(name, redactSecrets(text, secrets)));
  // JSON has no infinity, though 1e999 is read as one.
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

const isTexts = (value: FieldValue): value is readonly string[] => Array.isArray(value);
