import type { ReceivedRequest } from "../terms/wire.ts";

/**
 * Gives a request the path back that its client signed: with that of the base URL before it.
 *
 * @returns The request itself where it was asked under no such path.
 */
export const asSent = (request: ReceivedRequest): ReceivedRequest =>
  request.basePath === undefined ? request : { ...request, target: request.basePath + request.target };
