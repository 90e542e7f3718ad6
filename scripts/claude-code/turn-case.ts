/** Variables that lead to a fake. */
export type TurnVariables = (fakeUrl: string) => Readonly<Record<string, string>>;

/** One turn that Claude Code has to finish. */
export interface TurnCase {
  /** What `--only` takes. */
  readonly name: string;
  /** Value of `--model`. */
  readonly model: string;
  /** Where every request has to arrive, as the fake's journal calls it. */
  readonly provider: "anthropic-aws" | "bedrock" | "mantle";
  /** How every request has to be authenticated, as the fake's journal calls it. */
  readonly authentication: "sigv4" | "x-api-key" | "bearer";
  /** Whether a scenario says which tool is called, or the fake decides by itself. */
  readonly behaviour: "scenario" | "default";
  /** Variables that choose the provider and the credentials. */
  readonly variables: TurnVariables;
  /** Set where the program has no base URL, and reaches the fake as its proxy. */
  readonly proxied?: ProxiedTurn;
  /** The setting whose command gives the program its credentials; they end in the middle of the turn. */
  readonly renewal?: "awsAuthRefresh" | "awsCredentialExport";
  /** Set where the program knows a gateway alone; `variables` and `authentication` are those of the gateway then. */
  readonly gateway?: GatewayTurn;
  /** Set where the program is started by the Agent SDK. */
  readonly isStartedBySdk?: true;
}

/** What is asked of a turn through a gateway. */
interface GatewayTurn {
  /** The set-up, as the gateway calls it, whose variables the program is given. */
  readonly setUp: string;
  /** Variables that the program is given besides. */
  readonly more?: Readonly<Record<string, string>>;
}

/** What is asked of a turn through the proxy. */
interface ProxiedTurn {
  /** The hosts of AWS that requests may be for; the first one has to be asked. */
  readonly hosts: readonly [string, ...string[]];
  /** Whether the program is kept from calling home; where it is not, the proxy has to refuse a host. */
  readonly quiet: boolean;
}
