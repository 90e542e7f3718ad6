import type { KeptExchange } from "../record/kept-exchange.ts";
import { redactText, SECRET_PARAMETERS } from "../redact/redact.ts";
import { findSecret, type Secret, type Secrets } from "../redact/secrets.ts";
import type { SecretEvidence } from "./evidence.ts";

const KINDS: readonly Secret["kind"][] = ["secret access key", "session token", "API key"];

/**
 * Looks for secrets in each part of a request.
 *
 * @param text The body as text, as far as it was kept.
 * @returns Their kinds, and where they stand.
 */
export function secretEvidence(
  { request, route, bodyBytes }: Pick<KeptExchange, "request" | "route" | "bodyBytes">,
  text: string,
  secrets: Secrets,
): SecretEvidence {
  const inTarget = findSecret(request.target, secrets)?.kind;
  const parameter = [...route.query.keys()].find((name) => SECRET_PARAMETERS.has(name.toLowerCase()));
  const inBody = bodyBytes === 0 ? undefined : findSecret(text, secrets)?.kind;
  return {
    ...(inTarget === undefined ? {} : { inTarget }),
    ...(parameter === undefined ? {} : { parameter }),
    inHeaders: secretsInHeaders(request.headers, secrets),
    ...(inBody === undefined ? {} : { inBody }),
  };
}

function secretsInHeaders(headers: KeptExchange["request"]["headers"], secrets: Secrets): SecretEvidence["inHeaders"] {
  const ofKinds = KINDS.map((kind) => [kind, secrets.filter((secret) => secret.kind === kind)] as const);
  return headers.flatMap(([name, value]) => {
    // Nearly every header holds none.
    if (findSecret(value, secrets) === undefined) return [];
    const header = redactText(name, secrets).toLowerCase();
    return ofKinds
      .filter(([kind, wanted]) => findSecret(value, wanted)?.kind === kind)
      .map(([kind]) => ({ header, kind }));
  });
}
