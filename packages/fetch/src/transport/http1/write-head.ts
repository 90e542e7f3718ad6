import type { TransportRequest } from "../transport.ts";
import { headersOf, type Place } from "../place.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** What a value may hold: nothing that ends a line, and one byte a character. */
const VALUE = /^[\t -~\x80-\xff]*$/;

/**
 * Writes the head of a request.
 *
 * @param place Where it goes.
 * @param request The request.
 * @returns The head with its empty line, one character a byte.
 * @throws {TypeError} The method or a header is none.
 */
export function writeHead(place: Place, request: TransportRequest): string {
  const { method } = request;
  if (!TOKEN.test(method))
    throw new TypeError("Cannot send the request: its method is none; expected one such as POST");
  let text = `${method} ${place.path} HTTP/1.1\r\n`;
  const headers = headersOf(place, request);
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = "", value = ""] = [headers[at], headers[at + 1]];
    if (!TOKEN.test(name)) {
      throw new TypeError(`Cannot send the header ${JSON.stringify(name)}: it is no name of a header`);
    }
    if (!VALUE.test(value)) {
      throw new TypeError(`Cannot send the header ${name}: its value has a line break, or a character beyond U+00FF`);
    }
    text += `${name}: ${value}\r\n`;
  }
  return `${text}connection: keep-alive\r\n\r\n`;
}
