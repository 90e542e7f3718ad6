import type { CheckName, CredentialCheckName } from "../exchange/check-name.ts";
import type { Check, Checked } from "../exchange/check.ts";
import type { CheckResult } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { Fault } from "../terms/faults.ts";

/**
 * Asks everything in order, and notes what was found; the first fault decides, where findings decide at all.
 *
 * @returns The fault that the client is told; `undefined` where the request goes on.
 * @throws What a check throws: a mistake of our own.
 */
export async function runChecks<Asked extends Checked>(
  checks: readonly Check<Asked, CheckName | CredentialCheckName>[],
  exchange: Asked,
  settings: FakeSettings,
  state: FakeState,
): Promise<Fault | undefined> {
  for (const { name, decisive, check } of checks) {
    const pending = check(exchange, settings, state);
    const verdict = pending instanceof Promise ? await pending : pending;
    if (verdict === "not-applicable") continue;
    exchange.checked.push(verdict === undefined ? passed(name) : { check: name, fault: verdict });
    if (verdict !== undefined && (decisive === true || settings.onFinding === "reject")) return verdict;
  }
  return undefined;
}

const PASSED = new Map<CheckResult["check"], CheckResult>();

/** What is noted of a check that found nothing: most of what a journal holds, so that it is one object for all. */
function passed(check: CheckResult["check"]): CheckResult {
  let result = PASSED.get(check);
  if (result === undefined) PASSED.set(check, (result = Object.freeze({ check })));
  return result;
}
