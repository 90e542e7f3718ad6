import type { RequestHead } from "@claude-on-aws/listen";
import { GatewayError } from "../../gateway-error.ts";
import { refuse } from "../../refusals/own-refusals.ts";
import type { CallerSettings } from "../../settings/caller-settings.ts";
import type { OwnRefusal } from "../../terms/own-refusal.ts";
import { HEADER_RULES } from "../head/header-rules.ts";
import { createAddressList } from "./address-list.ts";

const TOKEN = /^[!#$%&'*+\-.^`|~\dA-Za-z]+$/;

/** What a front end may call a caller: also the subject of a certificate, which has spaces and commas. */
const NAME = /^[ -~]{1,256}$/;

/** Headers that mean something else beside those that are checked in every head. */
const TAKEN =
  /^(?:accept|accept-.*|anthropic-.*|cookie|expect|forwarded|proxy-.*|sec-.*|trailer|user-agent|via|x-amz.*|x-forwarded-.*)$/;

/**
 * Makes what reads the header of a front end that checks client certificates. From every other address the header means nothing.
 *
 * @param frontEnd The header, and where it may come from; `undefined` where there is none.
 * @returns What gives the name of the caller; `undefined` where no front end names one.
 * @throws {GatewayError} `SETTINGS_INVALID` where the header means something else, or an address is none.
 */
export function createFrontEnd(
  frontEnd: CallerSettings["frontEnd"],
): (head: RequestHead, peerAddress: string | undefined) => string | OwnRefusal | undefined {
  if (frontEnd === undefined) return () => undefined;
  const header = frontEnd.header.toLowerCase();
  if (!TOKEN.test(header) || Object.hasOwn(HEADER_RULES, header) || TAKEN.test(header)) {
    throw new GatewayError(
      "SETTINGS_INVALID",
      `Cannot use callers.frontEnd.header "${frontEnd.header}": expected the name of a header that means nothing else, without "_", such as x-client-name`,
    );
  }
  if (frontEnd.addresses.length === 0) {
    throw new GatewayError(
      "SETTINGS_INVALID",
      "Cannot use callers.frontEnd: it has no addresses; expected those from which the header may come, such as 10.0.0.5",
    );
  }
  const isFrontEnd = createAddressList(frontEnd.addresses);
  return ({ headers }, peerAddress) => {
    if (!isFrontEnd(peerAddress)) return undefined;
    let name: string | undefined;
    for (const [given, value] of headers) {
      if (given.length !== header.length || given.toLowerCase() !== header) continue;
      // A front end that adds its own behind the client's, and does not take that away.
      if (name !== undefined) return refuse("REQUEST_AMBIGUOUS", twice(header));
      name = value;
    }
    // Front ends send it empty where a client has no certificate.
    if (name === undefined || name === "") return undefined;
    return NAME.test(name) ? name : refuse("REQUEST_AMBIGUOUS", malformed(header));
  };
}

const twice = (header: string): string =>
  `Cannot tell who asks: ${header} stands in the head twice; the front end has to replace what the client sends`;

const malformed = (header: string): string =>
  `Cannot tell who asks: ${header} is no name; expected 1 to 256 visible characters of ASCII`;
