import { PROVIDERS } from "../terms/provider.ts";
import type { Evidence } from "../evidence/evidence.ts";

/** Operations that give credentials for whoever has signed in, or takes a role. */
const LOGINS: ReadonlySet<string> = new Set([
  "AssumeRole",
  "AssumeRoleWithWebIdentity",
  "CreateToken",
  "GetRoleCredentials",
]);

/** Whether credentials were asked for and given. */
export const isLogin = ({ provider, operation, reply }: Evidence): boolean =>
  !Object.hasOwn(PROVIDERS, provider) && LOGINS.has(operation ?? "") && reply.status < 300;
