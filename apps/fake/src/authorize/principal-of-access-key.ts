import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { type Principal, sessionAdministrator } from "../principals/principals.ts";
import { resolvePolicy } from "../principals/resolve-policy.ts";

/**
 * Whose permissions count for an access key, with those that its session was restricted to.
 *
 * @returns `undefined` where nobody's do: the fake knows no principals, and the session was not restricted.
 */
export function principalOfAccessKey(
  accessKeyId: string,
  { principals }: Pick<FakeSettings, "principals">,
  { credentials }: Pick<FakeState, "credentials">,
): Principal | undefined {
  const known = principals?.ofAccessKey(accessKeyId);
  if (known !== undefined) return known;
  const arn = credentials.isSession(accessKeyId) ? credentials.principalOf(accessKeyId)?.arn : undefined;
  if (arn === undefined) return principals?.stranger();
  const texts = credentials.sessionPoliciesOf(accessKeyId);
  if (texts === undefined && principals === undefined) return undefined;
  const ofRole = principals === undefined ? sessionAdministrator(arn) : principals.ofSession(arn);
  const unrestricted = { ...ofRole, session: credentials.sessionOf(accessKeyId) };
  if (texts === undefined) return unrestricted;
  const session = texts.map((text, index) => resolvePolicy(text, `session policy ${index}`));
  return { ...unrestricted, policies: { ...unrestricted.policies, session } };
}
