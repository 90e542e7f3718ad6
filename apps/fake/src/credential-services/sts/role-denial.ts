/**
 * Words the denial of a role, as STS does where it does not say which policy denied.
 *
 * @returns The sentence.
 */
export const roleDenial = (principalArn: string, action: string, roleArn: string): string =>
  `User: ${principalArn} is not authorized to perform: ${action} on resource: ${roleArn}`;

/** The sentence for whoever holds a web identity token. */
export const WEB_IDENTITY_DENIAL = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
