/** A policy as it was read: what {@link parsePolicy} returns and {@link evaluatePolicy} takes. */
export interface Policy {
  /** What to call it in a decision, such as `AnthropicInferenceAccess`. */
  readonly name: string | undefined;
  /** Its `Version` element; a policy without one follows the rules of `2008-10-17`, which has no variables. */
  readonly version: "2012-10-17" | "2008-10-17";
  /** Whether the policy itself names its version. */
  readonly versionGiven: boolean;
  /** Its `Id` element. */
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
}

/** One statement of a {@link Policy}. */
export interface Statement {
  /** Where it is in the policy, as a JSON path such as `$.Statement[0]`. */
  readonly path: string;
  /** Its `Sid` element. */
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly action: StatementAction;
  readonly resource: StatementResource;
  /** Every key of every operator; all must hold. */
  readonly conditions: readonly StatementCondition[];
}

/** The actions that a statement names, or those that it leaves out. */
export interface StatementAction {
  readonly element: "Action" | "NotAction";
  readonly values: readonly StatementValue[];
}

/** The resources that a statement names, or those that it leaves out. */
export interface StatementResource {
  readonly element: "Resource" | "NotResource";
  readonly values: readonly StatementValue[];
}

/** One text of a statement, and where it is. */
export interface StatementValue {
  readonly text: string;
  /** JSON path, such as `$.Statement[0].Action[2]`. */
  readonly path: string;
}

/** One key that a statement tests. */
export interface StatementCondition {
  /** JSON path of the operator. */
  readonly operatorPath: string;
  /** The operator with its prefix and suffix, such as `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  /** JSON path of the key. */
  readonly path: string;
  /** The key as it was written, such as `aws:SourceIp`. */
  readonly key: string;
  /** The values, one of which must match. */
  readonly values: readonly StatementValue[];
}
