import { BEDROCK_ROUTES, CLAUDE_PLATFORM_ROUTES, MANTLE_ROUTES } from "@claude-on-aws/endpoints";
import { expect, test } from "vitest";
import { accountActions, conditionKeys } from "./actions.ts";

const known = [...BEDROCK_ROUTES, ...MANTLE_ROUTES, ...CLAUDE_PLATFORM_ROUTES];

test("the actions that belong to the whole account agree with the routes", () => {
  for (const { action, hasRoute } of accountActions) {
    expect([action, known.some((route) => route.action === action)]).toEqual([action, hasRoute]);
    for (const route of known) if (route.action === action) expect(route.resources).toEqual([]);
  }
  const actions = new Set([...known.map(({ action }) => action), ...accountActions.map(({ action }) => action)]);
  for (const action of Object.values(conditionKeys)) expect(actions).toContain(action);
});
