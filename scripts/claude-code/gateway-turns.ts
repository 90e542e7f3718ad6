import type { TurnCase, TurnVariables } from "./turn-case.ts";

type Provider = TurnCase["provider"];

/** Each set-up of Claude Code's documents, and the services that stand behind the gateway for it. */
const SET_UPS: readonly (readonly [setUp: string, ...providers: Provider[]])[] = [
  ["messages", "anthropic-aws", "bedrock", "mantle"],
  ["anthropic-aws", "anthropic-aws"],
  ["bedrock", "bedrock"],
  ["mantle", "mantle"],
];

/** What differs from turn to turn of a set-up. */
type Turn = Pick<TurnCase, "model" | "behaviour" | "isStartedBySdk"> & {
  readonly more?: Readonly<Record<string, string>>;
};

const TURNS: Readonly<Record<string, Turn>> = {
  opus: { model: "opus", behaviour: "scenario" },
  sonnet: { model: "sonnet", behaviour: "scenario" },
  default: { model: "haiku", behaviour: "default" },
  "agent-sdk": { model: "opus", behaviour: "scenario", isStartedBySdk: true },
};

/** Turns of one set-up alone. */
const FURTHER_TURNS: readonly (readonly [setUp: string, provider: Provider, name: string, turn: Turn])[] = [
  ...(["anthropic-aws", "bedrock", "mantle"] as const).map(
    (provider) =>
      [
        "messages",
        provider,
        "discovery",
        { model: "opus", behaviour: "scenario", more: { CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: "1" } },
      ] as const,
  ),
  [
    "bedrock",
    "bedrock",
    "profile-arn",
    {
      model: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6",
      behaviour: "scenario",
    },
  ],
];

/**
 * The turns in which the program knows a gateway and its token, and the gateway signs.
 *
 * @param services The variables that lead a gateway to each service of a fake, with credentials.
 */
export function gatewayTurns(services: Readonly<Record<Provider, TurnVariables>>): readonly TurnCase[] {
  const make = (setUp: string, provider: Provider, name: string, { more, ...turn }: Turn): TurnCase => ({
    ...turn,
    name: `gateway-${setUp}${setUp === provider ? "" : `-to-${provider}`}-${name}`,
    provider,
    authentication: "sigv4",
    variables: services[provider],
    gateway: { setUp, ...(more !== undefined && { more }) },
  });
  return [
    ...SET_UPS.flatMap(([setUp, ...providers]) =>
      providers.flatMap((provider) => Object.entries(TURNS).map(([name, turn]) => make(setUp, provider, name, turn))),
    ),
    ...FURTHER_TURNS.map((row) => make(...row)),
  ];
}
