import { BEDROCK_ROUTES, CLAUDE_PLATFORM_ROUTES, MANTLE_ROUTES } from "@claude-on-aws/endpoints";
import { expect, test } from "vitest";
import { ACCOUNT_ACTIONS, CONDITION_KEYS } from "./actions.ts";

const KNOWN_ACTIONS = [...BEDROCK_ROUTES, ...MANTLE_ROUTES, ...CLAUDE_PLATFORM_ROUTES];

test("the actions that belong to the whole account agree with the routes", () => {
  for (const { action, hasRoute } of ACCOUNT_ACTIONS) {
    expect([action, KNOWN_ACTIONS.some((route) => route.action === action)]).toEqual([action, hasRoute]);
    for (const route of KNOWN_ACTIONS) if (route.action === action) expect(route.resources).toEqual([]);
  }
  const actions = new Set([
    ...KNOWN_ACTIONS.map(({ action }) => action),
    ...ACCOUNT_ACTIONS.map(({ action }) => action),
  ]);
  for (const action of Object.values(CONDITION_KEYS)) expect(actions).toContain(action);
});
