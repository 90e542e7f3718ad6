export {
  type AuthenticationQuestion,
  type AuthenticationVerdict,
  createVerifier,
  type Verifier,
  type VerifierOptions,
} from "./verify/create-verifier.ts";
export { FakeError, type FakeErrorCode } from "./input/fake-error.ts";
export type { FaultName } from "./terms/faults.ts";
export type { Provider } from "./terms/provider.ts";
