import type { HttpHandler } from "msw";
import { createFakeCore, type FakeCore } from "./fake-core.ts";
import { fromRequest } from "./msw/from-request.ts";
import { createHandlers } from "./msw/handlers.ts";
import { toResponse } from "./msw/to-response.ts";
import type { FakeOptions } from "./options.ts";

/** A fake for use in a process: in a test, behind msw, as a client's `fetch`. */
export interface Fake extends FakeCore {
  /** Answers a WHATWG request. The journal marks it as reconstructed. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** One handler for each operation, for msw's `setupServer(...fake.handlers)`. */
  readonly handlers: readonly HttpHandler[];
}

/**
 * Makes a fake of Claude Platform on AWS and Amazon Bedrock.
 *
 * @example In a test, through msw
 * ```ts
 * import { createFake } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFake();
 * const response = await fake.fetch(
 *   new Request("https://aws-external-anthropic.us-east-1.api.aws/v1/models", {
 *     headers: { "x-api-key": "key", "anthropic-workspace-id": "wrkspc_1", "anthropic-version": "2023-06-01" },
 *   }),
 * );
 * equal(response.status, 200);
 * ```
 *
 * @param options What is accepted, and how.
 */
export function createFake(options?: FakeOptions): Fake {
  const core = createFakeCore(options);
  const fetch = async (request: Request): Promise<Response> =>
    toResponse(await core.handle(await fromRequest(request)));
  let handlers: readonly HttpHandler[] | undefined;
  return {
    ...core,
    fetch,
    // Made when they are asked for: msw takes a stack trace for each.
    get handlers(): readonly HttpHandler[] {
      return (handlers ??= createHandlers(fetch));
    },
  };
}
