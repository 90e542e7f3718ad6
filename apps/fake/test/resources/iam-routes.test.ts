import { CLAUDE_PLATFORM_ROUTES } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { OPERATIONS } from "../../src/operations/operations.ts";
import { createFakeCore } from "../../src/server.ts";
import { ask } from "./support/ask.ts";

const core = createFakeCore();
/** What stands in braces; the two of one path are told apart. */
const target = (path: string): string => path.replaceAll(/\{\w+\}/g, () => "x1");
const routes = CLAUDE_PLATFORM_ROUTES.map(({ method, path, action }): [string, string, string] => [
  method,
  path,
  action,
]);
const built = new Set(
  OPERATIONS.flatMap((operation) =>
    operation.provider === "anthropic-aws" && operation.built !== undefined
      ? [`${operation.method} ${operation.path}`]
      : [],
  ),
);

describe("every route of the IAM table", () => {
  test("is an operation, and twenty of them are built", () => {
    const known = OPERATIONS.filter(({ provider }) => provider === "anthropic-aws");

    expect(known.map(({ method, path, action }) => [method, path, action])).toEqual(routes);
    expect(built.size).toBe(20);
  });

  test.each(routes)("%s %s is authenticated, and answered or said not to be built (%s)", async (method, path) => {
    const stranger = { credentials: { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" } };
    expect(await ask(core, method, target(path), { signing: stranger })).toMatchObject({
      status: 401,
      json: { type: "error", error: { type: "authentication_error" } },
    });

    const { status, json } = await ask(core, method, target(path));
    if (built.has(`${method} ${path}`)) {
      // Nothing of that name exists, or the body is missing; the route is there.
      expect([200, 400, 404]).toContain(status);
      return;
    }
    expect([status, json.type, json.error.type]).toEqual([501, "error", "api_error"]);
    expect(json.error.message).toMatch(/is a route of Claude Platform on AWS that this fake does not answer yet/);
    expect(json.request_id).toMatch(/^req_/);
  });
});

describe("a route outside the table", () => {
  test.each([
    ["GET", "/v1/messages"],
    ["PUT", "/v1/files/file_x1"],
    ["PATCH", "/v1/organizations/workspaces/wrkspc_x1"],
    ["DELETE", "/v1/organizations/workspaces/wrkspc_x1"],
    ["GET", "/v1/messages/batches/a/b/c"],
    ["GET", "/v1/organizations/users"],
    ["POST", "/v1/complete"],
    ["GET", "/v1/files/"],
    ["GET", "/v2/models"],
    ["GET", "/"],
  ])("%s %s is denied as AWS denies it", async (method, path) => {
    expect(await ask(core, method, path)).toMatchObject({
      status: 403,
      json: { type: "error", error: { type: "permission_error" } },
    });
  });
});
