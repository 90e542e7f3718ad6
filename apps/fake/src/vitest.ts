import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type TestFake, useFake as useFakeOf, type UseFakeOptions } from "./testing/use-fake.ts";

export { FakeError, type FakeErrorCode } from "./input/fake-error.ts";
export { expectConformance, type ExpectConformanceOptions } from "./testing/expect-conformance.ts";
export type { TestFake, UseFakeOptions } from "./testing/use-fake.ts";

/**
 * Gives the tests of a file a fake, with the hooks of vitest: starts it before the first, sets the variables for all
 * clients, resets it before each, and puts everything back after the last. Clients are made inside tests, where the
 * variables are set.
 *
 * Tests that run concurrently share the journal: a finding cannot be traced to one of them.
 *
 * @example In a test file
 * ```ts
 * import { AnthropicAws } from "@anthropic-ai/aws-sdk";
 * import { useFake } from "@claude-on-aws/fake/vitest";
 * import { expect, test } from "vitest";
 *
 * const fake = useFake({ failOnFinding: true });
 *
 * test("asks Claude", async () => {
 *   const message = await new AnthropicAws().messages.create({
 *     model: "claude-sonnet-4-6",
 *     max_tokens: 64,
 *     messages: [{ role: "user", content: "Good morning" }],
 *   });
 *   expect(message.content).toMatchObject([{ type: "text", text: "Good morning" }]);
 *   expect(fake.journal.total).toBe(1);
 * });
 * ```
 *
 * @param options What is accepted, how it is reached, and whether a finding fails a test.
 * @returns The fake, with its base URL and the variables for a process that a test starts.
 * @throws {FakeError} `CONFIGURATION_VALUE`, `CONFIGURATION_POLICY` where the options cannot be used.
 */
export const useFake = (options?: UseFakeOptions): TestFake =>
  useFakeOf({ afterAll, afterEach, beforeAll, beforeEach }, options);
