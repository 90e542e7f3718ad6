export type { Caller, Exchange, Finding, ReceivedRequest, Route, WireReply } from "./exchange.ts";
export { type Facts, UNCERTAIN_FACTS } from "./facts.ts";
export { createFake, type Fake } from "./fake.ts";
export { FAULTS, type FaultName } from "./faults.ts";
export { type Operation, operations } from "./operations.ts";
export { EXAMPLE_CREDENTIALS, type FakeOptions } from "./options.ts";
export type { Provider } from "./provider.ts";
export type { Journal, JournalEntry, JournalSnapshot } from "./record/journal.ts";
