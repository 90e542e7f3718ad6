import type { Circumstances } from "../refusals/describe-subject.ts";
import { type Explained, explainRefusal, withSubject } from "../refusals/explain-refusal.ts";
import type { ReceivedRefusal } from "../refusals/received-refusal.ts";
import { LOGIN } from "./explain-unsent.ts";
import { readRefusal } from "./read-refusal.ts";

/** A request that was refused, or that was never sent. */
export interface ExplainedAnswer extends ReceivedRefusal {
  readonly isSent: boolean;
  readonly requestId: string | null;
  readonly explained: Explained;
}

/** Names why `createFetch` sent nothing. */
const UNSENT_HEADER = "x-claude-on-aws-refusal";

/** What a refusal of credentials that a login renews is called. */
const RENEWED_BY_LOGIN: ReadonlySet<string> = new Set(["credentials-expired", "access-key-unknown"]);

/**
 * Reads and explains an answer that is a refusal.
 *
 * @param response The answer.
 * @param circumstances What was sent.
 * @returns What the service said, and why.
 */
export async function explainAnswer(response: Response, circumstances: Circumstances): Promise<ExplainedAnswer> {
  const refusal = await readRefusal(response);
  const unsentCode = response.headers.get(UNSENT_HEADER);
  const requestId = response.headers.get("request-id");
  const hasLogin = circumstances.config.credentialCommands.awsAuthRefresh !== null;
  if (unsentCode === null) {
    const explained = explainRefusal(refusal, circumstances);
    const helps = hasLogin && RENEWED_BY_LOGIN.has(explained.code);
    return {
      ...refusal,
      isSent: true,
      requestId,
      explained: helps ? { ...explained, fix: `${explained.fix} ${LOGIN}` } : explained,
    };
  }
  const isOfCredentials = refusal.status === 401;
  const explanation = {
    cause: refusal.message,
    fix: isOfCredentials
      ? hasLogin
        ? LOGIN
        : "Sign in (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; claude-on-aws status says where they are looked for."
      : "claude-on-aws status says what the configuration holds.",
  };
  const subject = isOfCredentials ? "credentials" : "provider";
  return {
    ...refusal,
    isSent: false,
    requestId: null,
    explained: withSubject(subject, unsentCode, explanation, circumstances),
  };
}
