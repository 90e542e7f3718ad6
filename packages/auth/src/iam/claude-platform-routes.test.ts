import { describe, expect, test } from "vitest";
import { claudePlatformRoutes } from "./claude-platform-routes.ts";

describe("claudePlatformRoutes", () => {
  test("holds each route once", () => {
    const routes = claudePlatformRoutes.map(({ method, path }) => `${method} ${path}`);

    expect(routes).toHaveLength(100);
    expect(new Set(routes).size).toBe(routes.length);
  });

  test("names 64 actions, as the documents count them", () => {
    expect(new Set(claudePlatformRoutes.map(({ action }) => action)).size).toBe(64);
  });
});
