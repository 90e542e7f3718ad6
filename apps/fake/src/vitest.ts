export { FakeError, type FakeErrorCode } from "./input/fake-error.ts";
export { expectConformance } from "./vitest/expect-conformance.ts";
export { type TestFake, useFake, type UseFakeOptions } from "./vitest/use-fake.ts";
