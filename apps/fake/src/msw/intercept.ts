import type { HttpHandler } from "msw";

/**
 * Answers requests of this process with handlers, and lets others through.
 *
 * @returns Ends the interception.
 */
export async function intercept(handlers: readonly HttpHandler[]): Promise<() => void> {
  const { setupServer } = await import("msw/node");
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: "bypass" });
  return () => server.close();
}
