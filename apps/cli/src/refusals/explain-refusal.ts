import { DIAGNOSIS_TABLE } from "@claude-on-aws/auth/diagnose";
import type { PolicyStatement } from "@claude-on-aws/auth/iam";
import { redactText } from "@claude-on-aws/endpoints";
import type { Problem } from "@claude-on-aws/env";
import { messagesApiIds } from "@claude-on-aws/models";
import { type Circumstances, describeSubject } from "./describe-subject.ts";
import { findMissingStatements, parseDenial } from "./find-missing-statement.ts";
import type { ReceivedRefusal } from "./received-refusal.ts";
import { type RecognizedRefusal, recognizeRefusal } from "./recognize-refusal.ts";
import { type CauseAndFix, REFUSAL_EXPLANATIONS } from "./refusal-explanations.ts";
import { BEHIND, type Subject, SUBJECT_OF_PROBLEM, SUBJECT_OF_REFUSAL } from "./subject.ts";

/** Why a request was refused, or not sent. */
export interface Explained extends CauseAndFix {
  /** What of the set-up is to blame. */
  readonly subject: Subject;
  /** The entry that it has in the page of troubles: the name of a refusal, or the code of a problem or of a diagnosis. */
  readonly code: string;
  /** What a policy lacks, as statements of IAM; empty for everything else. */
  readonly statements: readonly PolicyStatement[];
}

/**
 * Says why a service refused a request: by what was foreseen of the configuration, by the words of the service, and by what the
 * configuration has against it besides.
 *
 * @param refusal What was answered.
 * @param circumstances What was sent.
 * @returns The cause and the way out.
 */
export function explainRefusal(refusal: ReceivedRefusal, circumstances: Circumstances): Explained {
  const { plan } = circumstances;
  const recognized = recognizeRefusal(refusal, carriesKey(circumstances));
  const foreseen = plan.problems.find((problem) => isAnswered(problem, refusal, recognized));
  if (foreseen !== undefined) return explainProblem(foreseen, circumstances);
  if (recognized.name === "access-denied") return explainDenial(refusal, circumstances);
  const { diagnosis } = recognized;
  if (diagnosis !== undefined) {
    const { message, fix } = DIAGNOSIS_TABLE[diagnosis];
    return withSubject(
      SUBJECT_OF_DIAGNOSIS[diagnosis] ?? "credentials",
      diagnosis,
      { cause: message, fix },
      circumstances,
    );
  }
  const name = isAboutAccess(recognized, circumstances) ? "model-access-denied" : recognized.name;
  return withSubject(SUBJECT_OF_REFUSAL[name], name, REFUSAL_EXPLANATIONS[name], circumstances);
}

const SUBJECT_OF_DIAGNOSIS: Readonly<Record<string, Subject>> = { WRONG_REGION: "region", CLOCK_SKEW: "clock" };

/**
 * Puts a problem of a configuration into the same words.
 *
 * @param problem The problem.
 * @param circumstances What would have been sent.
 * @returns The cause and the way out.
 */
export function explainProblem({ code, message, fix }: Problem, circumstances: Circumstances): Explained {
  return withSubject(SUBJECT_OF_PROBLEM[code], code, { cause: message, fix }, circumstances);
}

/**
 * Puts a cause into words that begin with what is to blame, and adds what the configuration has against it besides.
 *
 * @param subject What is to blame.
 * @param code The entry that it has in the page of troubles.
 * @param explanation Cause and way out.
 * @param circumstances What was sent.
 * @param statements What a policy lacks.
 * @returns All of it.
 */
export function withSubject(
  subject: Subject,
  code: string,
  { cause, fix }: CauseAndFix,
  circumstances: Circumstances,
  statements: readonly PolicyStatement[] = [],
): Explained {
  const behind = circumstances.plan.problems.filter(
    (problem) => problem.code !== code && BEHIND[subject]?.includes(problem.code),
  );
  return {
    subject,
    code,
    cause: redactText(
      `${describeSubject(subject, circumstances)}: ${[cause, ...behind.map(({ message }) => message)].join(" ")}`,
    ),
    fix: redactText([fix, ...behind.map((problem) => problem.fix)].join(" ")),
    statements,
  };
}

function explainDenial({ message }: ReceivedRefusal, circumstances: Circumstances): Explained {
  const denial = parseDenial(message);
  if (denial === undefined) {
    return withSubject("policy", "access-denied", REFUSAL_EXPLANATIONS["access-denied"], circumstances);
  }
  const { principal, action, resource, isExplicit } = denial;
  const who = principal === "" ? "Who sends this" : principal;
  const explanation = isExplicit
    ? {
        cause: `A policy denies ${who} the action ${action} on ${resource}; no other policy can allow it.`,
        fix: `Take the action out of the statement that denies it, or put what it is to deny in narrower words; the words of AWS say in which kind of policy it is.`,
      }
    : {
        cause: `${who} has no permission for ${action} on ${resource}.`,
        fix: "Add the missing statement to a policy of that user or role, or use the credentials of another.",
      };
  return withSubject(
    "policy",
    "access-denied",
    explanation,
    circumstances,
    findMissingStatements(denial, circumstances),
  );
}

/** Whether a service says in its refusal what was foreseen. What it says of permissions never is. */
function isAnswered(
  { refusal: foreseen }: Problem,
  { status, type }: ReceivedRefusal,
  { name }: RecognizedRefusal,
): boolean {
  return foreseen !== undefined && name !== "access-denied" && foreseen.status === status && foreseen.type === type;
}

/** Claude Platform on AWS says the same of a model that it does not know and of one that the workspace may not use. */
const isAboutAccess = ({ name }: RecognizedRefusal, { plan }: Circumstances): boolean =>
  name === "model-unknown" && plan.provider === "anthropic-aws" && messagesApiIds().includes(plan.model.id);

function carriesKey({ plan }: Circumstances): boolean {
  const { method } = plan.authentication;
  return method === "api-key" || method === "bearer" || method === "both";
}
