export { FakeError, type FakeErrorCode } from "./input/fake-error.ts";
export { expectConformance, type ExpectConformanceOptions } from "./testing/expect-conformance.ts";
export { type TestFake, type TestHooks, useFake, type UseFakeOptions } from "./testing/use-fake.ts";
