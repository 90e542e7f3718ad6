/** What a parameter of STS must be. */
export interface Constraint {
  /** Name as a request writes it. */
  readonly name: string;
  readonly required?: true;
  /** Whether its value is a secret, which a message does not repeat. */
  readonly sensitive?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** What the whole value must fit, and how AWS writes it. */
  readonly pattern?: readonly [pattern: RegExp, written: string];
}

/** Shortest and longest session that a request may ask for, in seconds. */
const MIN_DURATION_SECONDS = 900;
const MAX_DURATION_SECONDS = 43_200;

const ROLE_ARN: Constraint = {
  name: "RoleArn",
  required: true,
  minLength: 20,
  maxLength: 2048,
  pattern: [
    // oxlint-disable-next-line no-control-regex
    /^[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+$/,
    String.raw`[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+`,
  ],
};

const ROLE_SESSION_NAME: Constraint = {
  name: "RoleSessionName",
  required: true,
  minLength: 2,
  maxLength: 64,
  pattern: [/^[\w+=,.@-]*$/, String.raw`[\w+=,.@-]*`],
};

const DURATION_SECONDS: Constraint = {
  name: "DurationSeconds",
  minimum: MIN_DURATION_SECONDS,
  maximum: MAX_DURATION_SECONDS,
};

const POLICY: Constraint = {
  name: "Policy",
  minLength: 1,
  maxLength: 2048,
  pattern: [
    // oxlint-disable-next-line no-control-regex
    /^[\u0009\u000A\u000D\u0020-\u00FF]+$/,
    String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+`,
  ],
};

/** @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html | AssumeRole} */
export const ASSUME_ROLE_CONSTRAINTS: readonly Constraint[] = [
  ROLE_ARN,
  ROLE_SESSION_NAME,
  DURATION_SECONDS,
  POLICY,
  { name: "ExternalId", minLength: 2, maxLength: 1224, pattern: [/^[\w+=,.@:/-]*$/, String.raw`[\w+=,.@:\/-]*`] },
  { name: "SerialNumber", minLength: 9, maxLength: 256, pattern: [/^[\w+=/:,.@-]*$/, String.raw`[\w+=/:,.@-]*`] },
  { name: "TokenCode", sensitive: true, minLength: 6, maxLength: 6, pattern: [/^\d*$/, String.raw`[\d]*`] },
  { name: "SourceIdentity", minLength: 2, maxLength: 64, pattern: [/^[\w+=,.@-]*$/, String.raw`[\w+=,.@-]*`] },
];

/** @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html | AssumeRoleWithWebIdentity} */
export const WEB_IDENTITY_CONSTRAINTS: readonly Constraint[] = [
  ROLE_ARN,
  ROLE_SESSION_NAME,
  DURATION_SECONDS,
  POLICY,
  { name: "WebIdentityToken", required: true, sensitive: true, minLength: 4, maxLength: 20_000 },
];
