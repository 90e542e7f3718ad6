/**
 * The name of a user or a role, without its path.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html | Role}
 */
export const IAM_NAME: RegExp = /^[\w+=,.@-]{1,64}$/;
