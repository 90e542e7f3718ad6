export { hangUp } from "./accept/hang-up.ts";
export type { Protocols, TlsOptions } from "./accept/protocols.ts";
export { readFirstBytes } from "./accept/read-first-bytes.ts";
export type { ExchangeEnd, Outcome, Stage } from "./exchange-end.ts";
export type { Cut, Handler, IncomingRequest, Reply, RequestHead } from "./handler.ts";
export { DEFAULT_LIMITS, type Limits } from "./limits.ts";
export { listen, type Listener, type ListenOptions } from "./listen.ts";
export { ListenError, type ListenErrorCode } from "./listen-error.ts";
export type { OnError } from "./service.ts";
