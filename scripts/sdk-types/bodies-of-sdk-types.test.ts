import { describe, expect, test } from "vitest";
import type { BodyCircumstances } from "../../apps/fake/src/exchange/operation.ts";
import { resolveFacts } from "../../apps/fake/src/terms/uncertain-facts.ts";
import { BETAS } from "../../packages/models/src/index.ts";
import { findConverseBodyProblem } from "../../apps/fake/src/validate/find-converse-body-problem.ts";
import { findCountTokensProblem } from "../../apps/fake/src/validate/find-count-tokens-problem.ts";
import { findCreateMessageProblem } from "../../apps/fake/src/validate/find-create-message-problem.ts";
import { findInvokeModelProblem } from "../../apps/fake/src/validate/find-invoke-model-problem.ts";
import { type FieldSite, listSites } from "./list-sites.ts";
import { readSdkTypes } from "./read-sdk-types.ts";
import type { TypeTable } from "./type-table.ts";
import type { FieldType } from "./value-type.ts";

type Body = Readonly<Record<string, unknown>>;
type Find = (body: Body, circumstances: BodyCircumstances) => string | undefined;

/** What is said of a field, a value or a kind of object that nobody knows, and of a field that is not there. */
const UNKNOWN =
  /not permitted|Input tag|Input should be|Field required|Member must have one of|Member must satisfy enum|Member must not be null/;

const FOLDER = "@anthropic-ai/sdk/resources";
const STABLE = readSdkTypes(FOLDER, "messages/messages.d.ts", "shared.d.ts");
const BETA = readSdkTypes(
  FOLDER,
  "beta/messages/messages.d.ts",
  "beta/beta.d.ts",
  "messages/messages.d.ts",
  "shared.d.ts",
);
const AWS = readSdkTypes("@aws-sdk/client-bedrock-runtime/dist-types/models", "models_0.d.ts", "enums.d.ts");

const flagsOfSdk = BETA.members({ kind: "reference", name: "AnthropicBeta" }).flatMap((type) =>
  type.kind === "literal" ? [String(type.value)] : [],
);
const flagsOfBedrock = BETAS.filter(({ onBedrock }) => onBedrock).map(({ flag }) => flag);

const circumstances = (
  provider: BodyCircumstances["provider"],
  betas: readonly string[],
  takes: "all fields" | "fields of its betas",
): BodyCircumstances => ({
  form: { systemRole: true, betaFields: takes === "all fields" },
  // Which beta brings which field at the top of a body is not published: any of them lets it pass there.
  takesUnknown: takes === "all fields" || betas.length === 0 ? false : "at-the-top",
  betas,
  model: undefined,
  facts: resolveFacts(),
  provider,
});

const isInBody = ({ comment }: FieldType): boolean => !comment.includes("Header param");
const isOfInvokeModel = (field: FieldType, path: string): boolean =>
  isInBody(field) && (path !== "" || !["model", "stream"].includes(field.name));
const withoutModel = ({ model: _model, ...body }: Body): Body => ({ ...body, anthropic_version: "2026-10-21" });

const FIRST = { role: "user", content: "x" };
const MESSAGES_BASE = { model: "m", max_tokens: 2048, messages: [FIRST] };

/** A field of a message stands behind a first one, which is always the user's. */
const behindFirst = (body: Body): Body =>
  Array.isArray(body["messages"]) ? { ...body, messages: [FIRST, ...body["messages"]] } : body;

interface Row {
  readonly name: string;
  readonly table: TypeTable;
  readonly root: string;
  readonly base: Body;
  readonly isSent: (field: FieldType, path: string) => boolean;
  readonly finish: (body: Body) => Body;
  readonly find: Find;
  readonly circumstances: BodyCircumstances;
  /** Paths of what is refused nevertheless, and why. */
  readonly refused?: RegExp;
  /** How many fields there are at least: no type got lost on the way. */
  readonly atLeast: number;
}

/** The types have a message of the system without content; the comment beside them says that it has to say something. */
const SAYS_NOTHING = /^messages\.\*\(role\)(?!\.output_config\.effort=(?!null))/;

const ofMessages = { root: "MessageCreateParamsBase", base: MESSAGES_BASE, isSent: isInBody, finish: behindFirst };
const ofInvokeModel = {
  ...ofMessages,
  isSent: isOfInvokeModel,
  finish: (body: Body) => withoutModel(behindFirst(body)),
};
const ofConverse = {
  table: AWS,
  base: { messages: [{ role: "user", content: [{ text: "x" }] }] },
  isSent: ({ name }: FieldType) => name !== "modelId" && name !== "$unknown",
  finish: (body: Body) => body,
  find: findConverseBodyProblem,
  circumstances: circumstances("bedrock", [], "fields of its betas"),
  atLeast: 200,
};

const ROWS: readonly Row[] = [
  {
    ...ofMessages,
    name: "CreateMessage",
    table: STABLE,
    find: findCreateMessageProblem,
    circumstances: circumstances("anthropic-aws", [], "all fields"),
    atLeast: 1000,
  },
  {
    ...ofMessages,
    name: "CreateMessage of the newest version",
    table: BETA,
    find: findCreateMessageProblem,
    circumstances: circumstances("anthropic-aws", [], "all fields"),
    refused: SAYS_NOTHING,
    atLeast: 1400,
  },
  {
    ...ofMessages,
    name: "CreateMessage with every beta",
    table: BETA,
    find: findCreateMessageProblem,
    circumstances: circumstances("anthropic-aws", flagsOfSdk, "fields of its betas"),
    refused: SAYS_NOTHING,
    atLeast: 1400,
  },
  {
    ...ofMessages,
    name: "CreateMessage of Mantle",
    table: STABLE,
    find: findCreateMessageProblem,
    circumstances: circumstances("mantle", [], "all fields"),
    atLeast: 1000,
  },
  {
    ...ofMessages,
    name: "CountTokens",
    root: "MessageCountTokensParams",
    base: { model: "m", messages: [FIRST] },
    table: STABLE,
    find: findCountTokensProblem,
    circumstances: circumstances("anthropic-aws", [], "all fields"),
    atLeast: 1000,
  },
  {
    ...ofMessages,
    name: "CountTokens with every beta",
    root: "MessageCountTokensParams",
    base: { model: "m", messages: [FIRST] },
    table: BETA,
    find: findCountTokensProblem,
    circumstances: circumstances("anthropic-aws", flagsOfSdk, "fields of its betas"),
    refused: SAYS_NOTHING,
    atLeast: 1400,
  },
  {
    ...ofInvokeModel,
    name: "InvokeModel with every beta",
    table: BETA,
    find: findInvokeModelProblem,
    circumstances: circumstances("bedrock", [...flagsOfSdk, ...flagsOfBedrock], "fields of its betas"),
    refused: SAYS_NOTHING,
    atLeast: 1400,
  },
  { ...ofConverse, name: "Converse", root: "ConverseRequest" },
  { ...ofConverse, name: "ConverseStream", root: "ConverseStreamRequest" },
];

describe("every field of the types of the newest official SDKs", () => {
  test("betas have been read from them", () => {
    expect(flagsOfSdk.length).toBeGreaterThan(40);
  });

  test.each(ROWS)("is known in a body of $name", (row) => {
    const { table, root, base, isSent, finish, find, refused, atLeast } = row;
    const sites = listSites({ table, root, base, isSent });
    const words = ({ body }: FieldSite): string => find(finish(body), row.circumstances) ?? "";
    const unknown = sites.flatMap((site) => {
      const said = words(site);
      return UNKNOWN.test(said) ? [{ path: site.path, said }] : [];
    });

    expect(sites.length).toBeGreaterThan(atLeast);
    expect(unknown.filter(({ path }) => refused?.test(path) !== true)).toEqual([]);
    if (refused !== undefined) expect(unknown).not.toEqual([]);
  });
});
