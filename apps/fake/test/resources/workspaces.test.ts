import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { BadRequestError, NotFoundError } from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../../src/server.ts";
import { startFake, WORKSPACE_ID } from "../support/start-fake.ts";
import { ask } from "./support/ask.ts";
import { brokenRules } from "./support/broken-rules.ts";
import { AWS_CLIENTS } from "./support/clients.ts";

const WORKSPACES = "/v1/organizations/workspaces";
const message = { model: "claude-sonnet-4-6", max_tokens: 16, messages: [{ role: "user" as const, content: "hello" }] };

describe.each(Object.entries(AWS_CLIENTS))("@anthropic-ai/aws-sdk with %s", (_, makeClient) => {
  const fake = startFake();
  const client = (workspaceId = WORKSPACE_ID): AnthropicAws => makeClient(fake.server.url, { workspaceId });

  test("creates a workspace, works in it, changes it and archives it", async () => {
    const { workspaces } = client().organization;
    await expect(client("wrkspc_Nowhere").messages.create(message)).rejects.toBeInstanceOf(NotFoundError);
    const created = await workspaces.create({ name: "Team", tags: { team: "a" } });

    expect(created).toMatchObject({
      type: "workspace",
      name: "Team",
      archived_at: null,
      tags: { team: "a" },
      data_residency: {
        workspace_geo: "us",
        allowed_inference_geos: "unrestricted",
        default_inference_geo: "global",
      },
    });
    expect(created.id).toMatch(/^wrkspc_01\w{22}$/);
    expect((await client(created.id).messages.create(message)).content).toMatchObject([{ text: "hello" }]);

    const changed = await workspaces.update(created.id, { name: "Other", tags: { team: null, cost: "1" } });
    expect(changed).toEqual({ ...created, name: "Other", tags: { cost: "1" } });
    expect(await workspaces.retrieve(created.id)).toEqual(changed);

    const archived = await workspaces.archive(created.id);
    expect(archived.archived_at).not.toBeNull();
    expect(await workspaces.archive(created.id)).toEqual(archived);
    await expect(client(created.id).messages.create(message)).rejects.toBeInstanceOf(NotFoundError);
    await expect(workspaces.update(created.id, { name: "x" })).rejects.toBeInstanceOf(BadRequestError);
  });

  test("lists workspaces, the archived ones when asked", async () => {
    fake.core.reset();
    const { workspaces } = client().organization;
    const ids = [WORKSPACE_ID];
    for (const name of ["a", "b", "c"]) ids.unshift((await workspaces.create({ name })).id);
    await workspaces.archive(ids[1] ?? "");
    const listed: string[] = [];
    for await (const { id } of workspaces.list({ limit: 2 })) listed.push(id);
    const all = await workspaces.list({ include_archived: true });

    expect(listed).toEqual([ids[0], ids[2], ids[3]]);
    expect(all.data.map(({ id }) => id)).toEqual(ids);
  });

  test("breaks no rule on the way", () => {
    expect(brokenRules(fake.core)).toEqual([]);
  });
});

describe("/v1/organizations/workspaces", () => {
  const core = createFakeCore({ workspaces: [WORKSPACE_ID] });
  const alone = { workspaceId: null };

  test("is asked without a workspace", async () => {
    expect((await ask(core, "GET", WORKSPACES, alone)).json.data).toMatchObject([{ id: WORKSPACE_ID }]);
    expect((await ask(core, "POST", WORKSPACES, { ...alone, body: { name: "x" } })).status).toBe(200);
  });

  test.each([
    ["no name", {}, /^name: Field required$/],
    ["an empty name", { name: "" }, /^name: String should have 1 to 255 characters$/],
    ["256 characters", { name: "x".repeat(256) }, /^name: String should have/],
    ["a number as name", { name: 1 }, /^name: Input should be a valid string$/],
    ["a colour that is none", { name: "x", display_color: "red" }, /^display_color: /],
    ["a tag of Anthropic's", { name: "x", tags: { "anthropic:x": "1" } }, /^tags: Keys may not begin/],
    ["a tag that is no text", { name: "x", tags: { a: 1 } }, /^tags\.a: /],
    ["tags that are a list", { name: "x", tags: [] }, /^tags: /],
    ["another geography", { name: "x", data_residency: { workspace_geo: "eu" } }, /^data_residency\.workspace_geo: /],
    ["geographies that are none", { name: "x", data_residency: { allowed_inference_geos: ["eu"] } }, /^data_residency/],
    [
      "a default that is not allowed",
      { name: "x", data_residency: { allowed_inference_geos: ["us"] } },
      /^data_residency\.default_inference_geo: /,
    ],
    ["a key of the customer's", { name: "x", external_key_id: "arn:x" }, /^external_key_id: Not supported/],
    ["a field that it does not know", { name: "x", region: "us" }, /^region: Extra inputs are not permitted$/],
  ])("refuses %s", async (_, body, words) => {
    const { status, json } = await ask(core, "POST", WORKSPACES, { ...alone, body });

    expect([status, json.error.type]).toEqual([400, "invalid_request_error"]);
    expect(json.error.message).toMatch(words);
  });

  test.each([
    ["GET", `${WORKSPACES}/wrkspc_none`],
    ["POST", `${WORKSPACES}/wrkspc_none/archive`],
    ["GET", `${WORKSPACES}/none`],
  ])("%s %s is answered with 404", async (method, target) => {
    expect((await ask(core, method, target, alone)).status).toBe(404);
  });

  test.each(["limit=0", "include_archived=1", "after_id=wrkspc_none"])("a list with %s with 400", async (query) => {
    expect((await ask(core, "GET", `${WORKSPACES}?${query}`, alone)).status).toBe(400);
  });

  test("decodes the ID in the path", async () => {
    expect((await ask(core, "GET", `${WORKSPACES}/wrkspc%5F01AbCdEf23GhIj`, alone)).json.id).toBe(WORKSPACE_ID);
  });

  test("a workspace is reached through its region alone", async () => {
    const made = await ask(core, "POST", WORKSPACES, {
      ...alone,
      body: { name: "Europe" },
      signing: { region: "eu-west-1" },
    });
    const { id } = made.json;
    const inside = (region: string) =>
      ask(core, "POST", "/v1/messages", { body: message, workspaceId: id, signing: { region } });

    expect((await inside("eu-west-1")).status).toBe(200);
    expect((await inside("us-east-1")).status).toBe(404);
    expect((await ask(core, "GET", `${WORKSPACES}/${id}`, alone)).status).toBe(404);
    const elsewhere = await ask(core, "GET", WORKSPACES, alone);
    expect(elsewhere.json.data.map((workspace: { id: string }) => workspace.id)).not.toContain(id);
  });

  test("any well-formed ID is a workspace where the options name none, until it is archived", async () => {
    const open = createFakeCore();
    const target = `${WORKSPACES}/wrkspc_Any`;
    const inside = () => ask(open, "POST", "/v1/messages", { body: message, workspaceId: "wrkspc_Any" });

    expect((await ask(open, "GET", target, alone)).json).toMatchObject({ id: "wrkspc_Any", archived_at: null });
    expect((await inside()).status).toBe(200);
    await ask(open, "POST", `${target}/archive`, alone);
    expect((await inside()).status).toBe(404);
    open.reset();
    expect((await inside()).status).toBe(200);
  });

  test("there are no more than there may be", async () => {
    const two = createFakeCore({ workspaces: [WORKSPACE_ID], maxResources: 2 });
    const create = () => ask(two, "POST", WORKSPACES, { ...alone, body: { name: "x" } });

    expect((await create()).status).toBe(200);
    expect((await create()).status).toBe(400);
  });
});
