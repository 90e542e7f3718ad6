/** The values of condition keys that a request carries, by key in lower case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A value of a condition key: a text, several texts, a number (a date is seconds since 1970), or true or false. */
export type ContextValue = string | readonly string[] | number | boolean;

/**
 * Brings the keys of a request to one form, and adds those that follow from
 * the ARN of the principal.
 *
 * @param principal The ARN of who asks, if it is known.
 * @param given Values of condition keys; they override what follows from the ARN.
 * @returns The values by key in lower case.
 */
export function requestContext(
  principal: string | undefined,
  given: Readonly<Record<string, ContextValue>>,
): RequestContext {
  const context = new Map<string, readonly string[]>(principalKeys(principal));
  const own = new Map<string, string[]>();
  for (const [key, value] of Object.entries(given)) {
    const name = key.toLowerCase();
    // Names that differ only in case are one key.
    const values = own.get(name) ?? [];
    own.set(name, values);
    for (const item of Array.isArray(value) ? value : [value]) values.push(String(item));
  }
  for (const [name, values] of own) context.set(name, values);
  return context;
}

/** @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-infotouse | Principal key values} */
function principalKeys(principal: string | undefined): [string, readonly string[]][] {
  const [prefix, partition, service, , accountId, ...rest] = (principal ?? "").split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || accountId === undefined || resource === "") return [];
  const [type, name = ""] = resource.split("/");
  const isSession = service === "sts" && type === "assumed-role";
  const keys: [string, readonly string[]][] = [
    // In conditions, the ARN of a role's session is that of the role.
    ["aws:principalarn", [isSession ? `arn:${partition}:iam::${accountId}:role/${name}` : (principal ?? "")]],
    ["aws:principalaccount", [accountId]],
  ];
  if (type === "user") {
    keys.push(["aws:username", [resource.slice(resource.lastIndexOf("/") + 1)]], ["aws:principaltype", ["User"]]);
  } else if (isSession) keys.push(["aws:principaltype", ["AssumedRole"]]);
  else if (type === "federated-user") keys.push(["aws:principaltype", ["FederatedUser"]]);
  else if (resource === "root") keys.push(["aws:principaltype", ["Account"]]);
  return keys;
}
