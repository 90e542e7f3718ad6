import type { FindCapabilityProblem } from "./capability.ts";
import type { ServedModel } from "../models/served-models.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { Fault } from "../terms/faults.ts";
import type { Provider } from "../terms/provider.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import type { Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import type { KnownResources, PermissionRequest, PermissionSettings, Touched } from "./permission.ts";
import type { MessageForm, Reply } from "./reply.ts";

/** One thing that a client can ask a provider for. */
export interface Operation {
  /** Name as AWS and Anthropic write it. */
  readonly name: string;
  readonly provider: Provider;
  readonly method: string;
  /** Path; a name in braces stands for one segment. */
  readonly path: string;
  /** Which of the two hosts of Amazon Bedrock serves it; absent at the services that have one. */
  readonly plane?: "runtime" | "control";
  /** Set where the service's own host does not serve it: only an address that replaced it does. */
  readonly onlyBehindBaseUrl?: true;
  /** Action that a policy must allow, with its service prefix. */
  readonly action: string;
  /** What the fake makes of it; absent where the route exists at AWS but not yet here. */
  readonly built?: BuiltOperation;
}

/** Answers a request that passed every check. */
export type Behaviour = (exchange: Exchange, settings: FakeSettings, state: FakeState) => Reply | Fault;

/** All that belongs to one operation, except its route. */
export interface BuiltOperation {
  /** What a POST carries: a form with a file, or nothing; absent where it is an object of JSON. */
  readonly takes?: "form" | "nothing";
  /**
   * The largest body, in bytes.
   *
   * @default {that of a message}
   */
  readonly maxBodyBytes?: (facts: Facts) => number;
  /**
   * Whether the service has the route at all, where the sources disagree.
   *
   * @default {always}
   */
  readonly isServed?: (facts: Facts) => boolean;
  /**
   * Where it names a model: in its body, in its path, or in its path where any model will do without a profile; in the body
   * of the Messages API of Bedrock's runtime, it is named as Bedrock names it, with a profile or without.
   */
  readonly model?: "body" | "body-with-profile" | "path" | "path-without-profile";
  /** The form in which it answers a message; absent where it answers none. Whether a `message` streams stands in its body. */
  readonly form?: MessageForm;
  /** Says what is wrong with its body, in the words of the service. */
  readonly findBodyProblem?: FindBodyProblem;
  /** Says what of its body the model does not take. */
  readonly findCapabilityProblem?: FindCapabilityProblem;
  /**
   * Which action a policy must allow, where the body decides.
   *
   * @default {that of its route}
   */
  readonly actionOf?: (request: PermissionRequest) => string;
  /**
   * What it acts on, for permissions.
   *
   * @default {what the provider's requests act on: the workspace, the project, the account}
   */
  readonly touches?: Touches;
  readonly behave: Behaviour;
}

/** Says what a request acts on. */
export type Touches = (
  request: PermissionRequest,
  settings: PermissionSettings,
  known: KnownResources,
) => readonly Touched[];

/** Says what is wrong with a body, in the words of the service; `undefined` where nothing is. */
type FindBodyProblem = (
  input: Readonly<Record<string, unknown>>,
  circumstances: BodyCircumstances,
) => string | undefined;

/** What decides about a body, apart from the body itself. */
export interface BodyCircumstances {
  readonly form: MessagesForm;
  /** Where fields are taken that no document names: everywhere, nowhere, or at the top of the body alone. */
  readonly takesUnknown: boolean | "at-the-top";
  readonly betas: readonly string[];
  /** Absent where nobody knows which model answers. */
  readonly model: ServedModel | undefined;
  readonly facts: Facts;
  readonly provider: Provider;
}

/** In which form bodies of the Messages API are taken. */
export interface MessagesForm {
  /** Whether `role: "system"` is taken among the messages. */
  readonly systemRole: boolean;
  /** Whether fields of betas are taken without one. */
  readonly betaFields: boolean;
}
