export { type FakeCore, createFakeCore } from "./fake-core.ts";
export { type FakeServer, type ServeOptions, serve } from "./listen/serve.ts";
export { EXAMPLE_CREDENTIALS, type FakeOptions } from "./options.ts";
