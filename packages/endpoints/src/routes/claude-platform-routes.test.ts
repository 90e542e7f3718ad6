import { describe, expect, test } from "vitest";
import { CLAUDE_PLATFORM_ROUTES } from "./claude-platform-routes.ts";

describe("CLAUDE_PLATFORM_ROUTES", () => {
  test("holds each route once", () => {
    const routes = CLAUDE_PLATFORM_ROUTES.map(({ method, path }) => `${method} ${path}`);

    expect(routes).toHaveLength(100);
    expect(new Set(routes).size).toBe(routes.length);
  });

  test("names 64 actions, as the documents count them", () => {
    expect(new Set(CLAUDE_PLATFORM_ROUTES.map(({ action }) => action)).size).toBe(64);
  });

  test("names an operation as the Claude API does, otherwise as its action", () => {
    const named = CLAUDE_PLATFORM_ROUTES.filter(
      ({ operation, action }) => action !== `aws-external-anthropic:${operation}`,
    );

    expect(named.map(({ method, path, operation }) => [method, path, operation])).toEqual([
      ["POST", "/v1/messages", "CreateMessage"],
      ["POST", "/v1/messages/batches", "CreateMessageBatch"],
      ["GET", "/v1/messages/batches", "ListMessageBatches"],
      ["GET", "/v1/messages/batches/{id}", "GetMessageBatch"],
      ["GET", "/v1/messages/batches/{id}/results", "GetMessageBatchResults"],
      ["POST", "/v1/messages/batches/{id}/cancel", "CancelMessageBatch"],
      ["DELETE", "/v1/messages/batches/{id}", "DeleteMessageBatch"],
      ["GET", "/v1/files/{id}/content", "GetFileContent"],
    ]);
  });

  test("lets a statement name a workspace, except for what belongs to the account", () => {
    const accountWide = CLAUDE_PLATFORM_ROUTES.filter(({ resources }) => resources?.length === 0);

    expect(accountWide.map(({ operation }) => operation)).toEqual([
      "CreateWorkspace",
      "ListWorkspaces",
      "ListComplianceActivities",
    ]);
  });
});
