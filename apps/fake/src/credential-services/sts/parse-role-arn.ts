/** What the ARN of a role says. */
export interface RoleArn {
  readonly partition: string;
  readonly accountId: string;
  /** Without its path. */
  readonly roleName: string;
}

/** Reads the ARN of a role, with or without a path; `undefined` where it is none. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const [, partition, accountId, name] = ARN.exec(arn) ?? [];
  if (partition === undefined || accountId === undefined || name === undefined) return undefined;
  const slash = name.lastIndexOf("/");
  const roleName = name.slice(slash + 1);
  return NAME.test(roleName) ? { partition, accountId, roleName } : undefined;
}

const ARN = /^arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):role\/([\x21-\x7e]{1,576})$/;

/** @see {@link https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html | Role} */
const NAME = /^[\w+=,.@-]{1,64}$/;
