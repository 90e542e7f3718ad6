import { redactText } from "@claude-on-aws/endpoints";
import type { Judgement } from "./judgement.ts";
import type { RecordedVerdict } from "./read-document.ts";

/**
 * Repeats what was recorded of a request that cannot be judged again.
 *
 * @param verdict What the fake found when it saw the whole request.
 * @returns The same as a judgement, which says that it is repeated.
 */
export function repeatVerdict({ ok, code, message, diagnosis }: RecordedVerdict): Judgement {
  if (ok) return { ok, findings: [{ rule: "authentication", level: "pass" }, REPEATED], diagnosis: [] };
  const found = redactText(message ?? "It was refused.");
  return {
    ok,
    findings: [{ rule: "authentication", level: "fail", message: found }, REPEATED],
    diagnosis:
      diagnosis.length > 0
        ? diagnosis.map(({ code: name, message: text, fix }) => ({
            code: name,
            message: redactText(text),
            fix: redactText(fix),
          }))
        : [{ code: "AS_RECORDED", message: `${found} (${code ?? "no code"}, as recorded)`, fix: WAY_OUT }],
  };
}

const WAY_OUT = "Verify the request as it was sent, or ask the fake that recorded it: its page shows the diagnosis.";

const REPEATED: Judgement["findings"][number] = {
  rule: "recorded",
  level: "warn",
  message: "The request was redacted or cut when it was recorded; this is the verdict that was recorded with it.",
};
