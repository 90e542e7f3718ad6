import { duration, numberFrom, type Reader, refuse, text, wholeNumber, withSchema } from "../../input/read-json.ts";
import { findHeaderProblem } from "../../input/find-header-problem.ts";
import { isErrorStatus } from "../../input/is-error-status.ts";
import { headers } from "../read/refusal-readers.ts";
import type { FaultParameter } from "./fault-kind.ts";

/** Reads a status with which a proxy says that it has no answer. */
export const serverError: Reader = withSchema({ type: "integer", minimum: 500, maximum: 599 }, (value, path) => {
  if (!isErrorStatus(value) || (value as number) < 500) {
    refuse(value, path, "a status from 500 to 599", "a proxy that has no answer says so with one of these");
  }
});

/** Reads how far a clock is off. */
export const minutes: Reader = withSchema({ type: "number" }, (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value) || value === 0) {
    refuse(value, path, "a number other than 0", "write it without quotes; 0 is no skew");
  }
});

/** Reads the name of a header of a request. */
export const headerName: Reader = withSchema({ type: "string" }, (value, path) => {
  text(value, path);
  const problem = findHeaderProblem(String(value), "");
  if (problem !== undefined && value !== "host") refuse(value, path, problem.expected, problem.fix);
});

/** Reads the value of a header. */
export const headerValue: Reader = withSchema({ type: "string" }, (value, path) => {
  text(value, path);
  const problem = findHeaderProblem("x", String(value));
  if (problem !== undefined) refuse(value, path, problem.expected, problem.fix);
});

/** What every fault may have. */
export const CHANCE: Readonly<Record<string, FaultParameter>> = {
  probability: { read: numberFrom(0, 1), does: "how likely it strikes, from 0 to 1; 1" },
  seed: { read: wholeNumber(0), does: "what chance is made from: the same number decides alike; 0" },
  times: { read: wholeNumber(1), does: "how often it strikes; as often as it is due" },
};

/** Where in a reply a fault of the wire strikes. */
export const PLACE: Readonly<Record<string, FaultParameter>> = {
  afterEvents: { read: wholeNumber(0), does: "how many events of a stream are sent before it" },
  afterBytes: { read: wholeNumber(0), does: "how many bytes of the body are sent before it" },
};

/** Where in a stream a fault of a frame strikes. */
export const IN_STREAM: Readonly<Record<string, FaultParameter>> = {
  afterEvents: { read: wholeNumber(0), does: "how many events are sent before it; 1" },
};

/** What a refusal may say. */
export const REFUSAL: Readonly<Record<string, FaultParameter>> = {
  message: { read: text, does: "what the refusal says; the words of the service" },
  retryAfterSeconds: { read: duration, does: "the header `retry-after`; absent" },
  headers: { read: headers, does: "further headers, in place of those of the same name; none" },
};
