import {
  BedrockClient,
  ConflictException,
  CreateInferenceProfileCommand,
  DeleteInferenceProfileCommand,
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  GetUseCaseForModelAccessCommand,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
  paginateListInferenceProfiles,
  PutUseCaseForModelAccessCommand,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  TooManyTagsException,
  ValidationException,
} from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS } from "../../src/server.ts";
import { startFake } from "../support/start-fake.ts";
import { ask } from "./support/ask.ts";
import { brokenRules } from "./support/broken-rules.ts";

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const configuration = (url: string, region: string) => ({
  region,
  endpoint: url,
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler(),
  credentials: { accessKeyId, secretAccessKey },
});

const SYSTEM_PROFILE = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-6";
const FOUNDATION_MODEL = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";
const MESSAGES = [{ role: "user" as const, content: [{ text: "hello" }] }];

describe("application inference profiles, by @aws-sdk/client-bedrock", () => {
  const fake = startFake();
  const client = (region = "us-east-1"): BedrockClient => new BedrockClient(configuration(fake.server.url, region));
  const runtime = (region = "us-east-1"): BedrockRuntimeClient =>
    new BedrockRuntimeClient(configuration(fake.server.url, region));
  const create = (inferenceProfileName: string, copyFrom = SYSTEM_PROFILE) =>
    client().send(new CreateInferenceProfileCommand({ inferenceProfileName, modelSource: { copyFrom } }));

  test("are created, listed, called and deleted", async () => {
    const made = await client().send(
      new CreateInferenceProfileCommand({
        inferenceProfileName: "Team A",
        description: "For tests",
        modelSource: { copyFrom: SYSTEM_PROFILE },
        tags: [{ key: "team", value: "a" }],
      }),
    );
    const arn = made.inferenceProfileArn ?? "";

    expect([made.$metadata.httpStatusCode, made.status]).toEqual([201, "ACTIVE"]);
    expect(arn).toMatch(/^arn:aws:bedrock:us-east-1:123456789012:application-inference-profile\/[a-z0-9]{12}$/);
    const got = await client().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
    expect(got).toMatchObject({
      inferenceProfileName: "Team A",
      description: "For tests",
      inferenceProfileArn: arn,
      inferenceProfileId: arn.slice(-12),
      status: "ACTIVE",
      type: "APPLICATION",
    });
    expect(got.createdAt).toBeInstanceOf(Date);
    expect(got.models?.map(({ modelArn }) => modelArn)).toContain(
      "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6",
    );
    const byId = await client().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn.slice(-12) }));
    expect(byId.inferenceProfileArn).toBe(arn);

    const listed = await client().send(new ListInferenceProfilesCommand({ typeEquals: "APPLICATION" }));
    expect(listed.inferenceProfileSummaries).toMatchObject([{ inferenceProfileArn: arn, type: "APPLICATION" }]);
    const elsewhere = await client("eu-west-1").send(new ListInferenceProfilesCommand({ typeEquals: "APPLICATION" }));
    expect(elsewhere.inferenceProfileSummaries).toEqual([]);

    for (const modelId of [arn, arn.slice(-12)]) {
      const { output } = await runtime().send(new ConverseCommand({ modelId, messages: MESSAGES }));
      expect(output?.message?.content).toEqual([{ text: "hello" }]);
    }
    const { body } = await runtime().send(
      new InvokeModelCommand({
        modelId: arn,
        body: JSON.stringify({
          anthropic_version: "bedrock-2023-05-31",
          max_tokens: 16,
          messages: MESSAGES.map(() => ({ role: "user", content: "hi" })),
        }),
      }),
    );
    expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({
      model: "claude-sonnet-4-6",
      content: [{ type: "text", text: "hi" }],
    });

    await client().send(new DeleteInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
    const gone = client().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
    await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
    const called = runtime().send(new ConverseCommand({ modelId: arn, messages: MESSAGES }));
    await expect(called).rejects.toMatchObject({ name: "ValidationException" });
    const again = client().send(new DeleteInferenceProfileCommand({ inferenceProfileIdentifier: arn }));
    await expect(again).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  test("copy a foundation model of the region", async () => {
    const { inferenceProfileArn } = await create("Haiku", FOUNDATION_MODEL);
    const got = await client().send(
      new GetInferenceProfileCommand({ inferenceProfileIdentifier: inferenceProfileArn }),
    );

    expect(got.models).toEqual([{ modelArn: FOUNDATION_MODEL }]);
  });

  test("are listed page by page", async () => {
    fake.core.reset();
    const made: string[] = [];
    for (const name of ["a", "b", "c"]) made.push((await create(name)).inferenceProfileArn ?? "");
    const listed: string[] = [];
    const pages = paginateListInferenceProfiles({ client: client(), pageSize: 2 }, { typeEquals: "APPLICATION" });
    for await (const { inferenceProfileSummaries = [] } of pages) {
      listed.push(...inferenceProfileSummaries.map(({ inferenceProfileArn }) => inferenceProfileArn ?? ""));
    }

    expect(listed).toEqual(made);
  });

  test("have a name each, and one request makes one", async () => {
    const twice = {
      inferenceProfileName: "once",
      modelSource: { copyFrom: SYSTEM_PROFILE },
      clientRequestToken: "token-1",
    };
    const first = await client().send(new CreateInferenceProfileCommand(twice));
    const second = await client().send(new CreateInferenceProfileCommand(twice));

    expect(second.inferenceProfileArn).toBe(first.inferenceProfileArn);
    await expect(create("once")).rejects.toBeInstanceOf(ConflictException);
  });

  test("cannot be too many, nor have too many tags", async () => {
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" }));
    const tagged = client().send(
      new CreateInferenceProfileCommand({ inferenceProfileName: "t", modelSource: { copyFrom: SYSTEM_PROFILE }, tags }),
    );
    await expect(tagged).rejects.toBeInstanceOf(TooManyTagsException);

    const one = createFakeCore({ maxResources: 1 });
    const post = (name: string) =>
      ask(one, "POST", "/inference-profiles", {
        service: "bedrock",
        body: { inferenceProfileName: name, modelSource: { copyFrom: SYSTEM_PROFILE } },
      });
    expect((await post("a")).status).toBe(201);
    const { status, headers } = await post("b");
    expect([status, headers.get("x-amzn-errortype")?.split(":")[0]]).toEqual([400, ServiceQuotaExceededException.name]);
  });

  test("a system-defined profile cannot be deleted", async () => {
    const answer = client().send(new DeleteInferenceProfileCommand({ inferenceProfileIdentifier: SYSTEM_PROFILE }));

    await expect(answer).rejects.toBeInstanceOf(ValidationException);
  });

  test("break no rule on the way", () => {
    expect(brokenRules(fake.core)).toEqual([]);
  });
});

describe("POST /inference-profiles", () => {
  const core = createFakeCore();
  const good = { inferenceProfileName: "x", modelSource: { copyFrom: SYSTEM_PROFILE } };

  test.each([
    ["no name", { inferenceProfileName: undefined }, /'inferenceProfileName' .*must not be null/],
    ["a number as name", { inferenceProfileName: 1 }, /'inferenceProfileName'/],
    ["65 characters", { inferenceProfileName: "x".repeat(65) }, /length less than or equal to 64/],
    ["two spaces", { inferenceProfileName: "a  b" }, /regular expression pattern: \^\(\[0-9a-zA-Z\]\[ _-\]\?\)\+\$/],
    ["a slash in the name", { inferenceProfileName: "a/b" }, /'inferenceProfileName'/],
    ["a description of 201 characters", { description: "x".repeat(201) }, /'description'/],
    ["a token that ends with a hyphen", { clientRequestToken: "a-" }, /'clientRequestToken'/],
    ["no source", { modelSource: {} }, /'modelSource.copyFrom' .*must not be null/],
    ["an ID as source", { modelSource: { copyFrom: "us.anthropic.claude-sonnet-4-6" } }, /'modelSource.copyFrom'/],
    [
      "a model of another region",
      { modelSource: { copyFrom: FOUNDATION_MODEL.replace("us-east-1", "eu-west-1") } },
      /model source/,
    ],
    [
      "a model that is not there",
      { modelSource: { copyFrom: FOUNDATION_MODEL.replace("haiku", "none") } },
      /model source/,
    ],
    [
      "an application inference profile",
      {
        modelSource: { copyFrom: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456" },
      },
      /model source/,
    ],
    ["a tag without a value", { tags: [{ key: "a" }] }, /'tags\.1\.member\.value'/],
    ["tags that are no list", { tags: {} }, /'tags'/],
  ])("refuses %s", async (_, changed, message) => {
    const { status, headers, json } = await ask(core, "POST", "/inference-profiles", {
      service: "bedrock",
      body: { ...good, ...changed },
    });

    expect([status, headers.get("x-amzn-errortype")?.split(":")[0]]).toEqual([400, "ValidationException"]);
    expect(json.message).toMatch(message);
  });
});

describe("foundation models, by @aws-sdk/client-bedrock", () => {
  const fake = startFake({ deniedModels: ["claude-opus-4-6"] });
  const client = (): BedrockClient => new BedrockClient(configuration(fake.server.url, "eu-west-1"));
  const MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";

  test("are listed, and filtered", async () => {
    const list = async (filter: ConstructorParameters<typeof ListFoundationModelsCommand>[0] = {}) =>
      (await client().send(new ListFoundationModelsCommand(filter))).modelSummaries ?? [];
    const all = await list();

    expect(all.find(({ modelId }) => modelId === MODEL)).toEqual({
      modelArn: `arn:aws:bedrock:eu-west-1::foundation-model/${MODEL}`,
      modelId: MODEL,
      modelName: "Claude Sonnet 4.5",
      providerName: "Anthropic",
      inputModalities: ["TEXT", "IMAGE"],
      outputModalities: ["TEXT"],
      responseStreamingSupported: true,
      customizationsSupported: [],
      inferenceTypesSupported: ["INFERENCE_PROFILE"],
      modelLifecycle: { status: "ACTIVE" },
    });
    expect(await list({ byProvider: "anthropic" })).toHaveLength(all.length);
    expect(await list({ byProvider: "Amazon" })).toEqual([]);
    expect(await list({ byOutputModality: "IMAGE" })).toEqual([]);
    expect(await list({ byCustomizationType: "FINE_TUNING" })).toEqual([]);
    const onDemand = await list({ byInferenceType: "ON_DEMAND" });
    expect(onDemand.length).toBeGreaterThan(0);
    expect(onDemand.length).toBeLessThan(all.length);
    await expect(list({ byOutputModality: "SOUND" as "TEXT" })).rejects.toBeInstanceOf(ValidationException);
  });

  test.each([MODEL, `arn:aws:bedrock:eu-west-1::foundation-model/${MODEL}`])("are got by %s", async (identifier) => {
    const { modelDetails } = await client().send(new GetFoundationModelCommand({ modelIdentifier: identifier }));

    expect(modelDetails).toMatchObject({ modelId: MODEL, modelLifecycle: { status: "ACTIVE" } });
  });

  test.each(["anthropic.claude-none", `arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`, "arn:aws:x"])(
    "are not got by %s",
    async (identifier) => {
      const answer = client().send(new GetFoundationModelCommand({ modelIdentifier: identifier }));

      await expect(answer).rejects.toBeInstanceOf(ResourceNotFoundException);
      await expect(answer).rejects.toHaveProperty(
        ["$response", "headers", "x-claude-on-aws-hint"],
        expect.stringMatching(/^RESOURCE_UNKNOWN: .* ListFoundationModels names /),
      );
    },
  );

  test("say whether the account may use them", async () => {
    const availability = async (modelId: string) => {
      const { $metadata: _, ...found } = await client().send(new GetFoundationModelAvailabilityCommand({ modelId }));
      return found;
    };

    expect(await availability(MODEL)).toEqual({
      modelId: MODEL,
      agreementAvailability: { status: "AVAILABLE" },
      authorizationStatus: "AUTHORIZED",
      entitlementAvailability: "AVAILABLE",
      regionAvailability: "AVAILABLE",
    });
    expect(await availability("anthropic.claude-opus-4-6-v1")).toMatchObject({
      agreementAvailability: { status: "NOT_AVAILABLE" },
      entitlementAvailability: "NOT_AVAILABLE",
    });
    await expect(availability("anthropic.claude-none")).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe("the use-case form, by @aws-sdk/client-bedrock", () => {
  const fake = startFake({ useCaseForm: "missing" });
  const client = (): BedrockClient => new BedrockClient(configuration(fake.server.url, "us-east-1"));
  const runtime = (): BedrockRuntimeClient => new BedrockRuntimeClient(configuration(fake.server.url, "us-east-1"));
  const converse = () =>
    runtime().send(new ConverseCommand({ modelId: "us.anthropic.claude-sonnet-4-6", messages: MESSAGES }));
  const formData = new TextEncoder().encode('{"companyName":"Example","useCases":"Tests"}');

  test("is missing until it is put; then inference is answered", async () => {
    await expect(client().send(new GetUseCaseForModelAccessCommand({}))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    await expect(converse()).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: expect.stringMatching(/^Model use case details have not been submitted for this account\./),
      $metadata: { httpStatusCode: 404 },
    });
    const put = await client().send(new PutUseCaseForModelAccessCommand({ formData }));
    const got = await client().send(new GetUseCaseForModelAccessCommand({}));

    expect(put.$metadata.httpStatusCode).toBe(201);
    expect(Buffer.from(got.formData ?? []).equals(formData)).toBe(true);
    expect((await converse()).output?.message?.content).toEqual([{ text: "hello" }]);
    fake.core.reset();
    await expect(converse()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test.each([9, 16_385])("is not taken with %i bytes", async (length) => {
    const answer = client().send(new PutUseCaseForModelAccessCommand({ formData: new Uint8Array(length) }));

    await expect(answer).rejects.toBeInstanceOf(ValidationException);
  });

  test("is there from the start where nothing else is said, and not asked for elsewhere", async () => {
    const { status, json } = await ask(createFakeCore(), "GET", "/use-case-for-model-access", { service: "bedrock" });
    const body = { model: "claude-sonnet-4-6", max_tokens: 16, messages: [{ role: "user", content: "x" }] };

    expect([status, typeof json.formData]).toEqual([200, "string"]);
    expect((await ask(fake.core, "POST", "/v1/messages", { body, workspaceId: "wrkspc_01AbCdEf23GhIj" })).status).toBe(
      200,
    );
  });
});
