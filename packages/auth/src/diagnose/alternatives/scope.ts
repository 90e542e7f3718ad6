import type { CredentialScope } from "../../sigv4/credential-scope.ts";
import { REGIONS, SERVICES } from "../known-values.ts";
import type { Alternative } from "../parts.ts";

/**
 * Scopes that contradict the one in the header: a signer that uses one and writes down another.
 *
 * @param scope The scope in the header.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function scopeAlternatives(scope: CredentialScope): readonly Alternative[] {
  const found: Alternative[] = [];
  const add = (field: "service" | "region", signed: string, cost: number): void => {
    const other = { ...scope, [field]: signed };
    const code = field === "service" ? "WRONG_SERVICE" : "WRONG_REGION";
    const mistakes = [{ code, signed, received: scope[field] }] as const;
    found.push({ slot: "scope", change: { keyScope: other, textScope: other }, mistakes, cost });
    found.push({ slot: "scope", change: { keyScope: other }, mistakes, cost });
  };
  for (const service of SERVICES) if (service !== scope.service) add("service", service, 3);
  for (const region of REGIONS) if (region !== scope.region) add("region", region, 4);
  return found;
}
