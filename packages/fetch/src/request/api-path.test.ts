import { expect, test } from "vitest";
import { apiPath } from "./api-path.ts";

test.each([
  ["/v1/messages", "/v1/messages"],
  ["/messages", "/v1/messages"],
  ["/proxy/claude/messages/count_tokens", "/v1/messages/count_tokens"],
  ["/anthropic/v1/messages", "/v1/messages"],
  ["/v1/v1/messages", "/v1/messages"],
  ["/v1/messages/batches/msgbatch_1/results", "/v1/messages/batches/msgbatch_1/results"],
  ["/models/claude%2Fx", "/v1/models/claude%2Fx"],
  ["/v1/organizations/workspaces", "/v1/organizations/workspaces"],
  ["/", null],
  ["/api/hello", null],
  ["/my-messages", null],
  ["/messagesx", null],
])("apiPath() of %s is %s", (pathname, path) => {
  expect(apiPath(pathname)).toBe(path);
});
