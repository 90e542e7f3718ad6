type Random = () => number;

/** One way to spoil a good request. */
type Mutation = (request: string, random: Random) => string;

const whole = (random: Random, below: number): number => Math.floor(random() * below);
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[whole(random, items.length)] as Item;
const withHeader = (request: string, ...lines: string[]): string =>
  request.replace("\r\n", `\r\n${lines.map((line) => `${line}\r\n`).join("")}`);
const bodyAt = (request: string): number => request.indexOf("\r\n\r\n") + 4;

/** A request whose body is in chunks that are not what they should be. */
const chunked = (request: string, chunks: string): string =>
  request.slice(0, bodyAt(request)).replace(/content-length: \d+/i, "transfer-encoding: chunked") + chunks;

const LENGTHS = ["-1", "+5", "1e3", "0x10", "5, 6", "", "99999999999999999999", "4294967296", "5\0", " 5 5"];
const CHUNKS = [
  "zz\r\nabc\r\n0\r\n\r\n",
  "FFFFFFFFFFFFFFFFFF\r\nabc\r\n",
  "-1\r\nabc\r\n0\r\n\r\n",
  "3\r\nabcdef\r\n0\r\n\r\n",
  "3abc\r\n0\r\n\r\n",
  "3;\0=1\r\nabc\r\n0\r\n\r\n",
  "\r\n\r\n\r\n",
  `${"0".repeat(5_000)}3\r\nabc\r\n0\r\n\r\n`,
  "3\r\nabc\r\n0\r\nx: y\r\nz",
];
const LINES = [
  "GET",
  "GET /",
  "GET / HTTP/9.9",
  "GET / HTTP/1.1 HTTP/1.1",
  "get / http/1.1",
  "\0\0\0 / HTTP/1.1",
  "POST \0 HTTP/1.1",
  "POST http://[::1 HTTP/1.1",
  "POST http://%zz/%00/../.. HTTP/1.1",
  "POST * HTTP/1.1",
  "POST //////// HTTP/1.1",
  "POST ?#%%% HTTP/1.1",
  "CONNECT example.com:443 HTTP/1.1",
  "PRI * HTTP/2.0",
  "POST /v1/messages HTTP/1.1\r",
  `${"G".repeat(500)} / HTTP/1.1`,
  `POST /${"a".repeat(30_000)} HTTP/1.1`,
];

const MUTATIONS: readonly Mutation[] = [
  // Cut somewhere.
  (request, random) => request.slice(0, whole(random, request.length)),
  // Bytes replaced by any other.
  (request, random) => {
    const bytes = [...request];
    for (let count = 1 + whole(random, 8); count > 0; count--) {
      bytes[whole(random, bytes.length)] = String.fromCharCode(whole(random, 256));
    }
    return bytes.join("");
  },
  // Null bytes in between.
  (request, random) => {
    const at = whole(random, request.length);
    return `${request.slice(0, at)}${"\0".repeat(1 + whole(random, 4))}${request.slice(at)}`;
  },
  (request, random) => withHeader(request, `content-length: ${whole(random, 1_000)}`),
  (request, random) => request.replace(/content-length: \d+/i, `content-length: ${pick(random, LENGTHS)}`),
  (request) => withHeader(request, "transfer-encoding: chunked"),
  (request) => withHeader(request, "transfer-encoding: gzip, identity"),
  (request, random) => chunked(request, pick(random, CHUNKS)),
  (request, random) => request.replace(/^[^\r]*/, () => pick(random, LINES)),
  // Header floods: many, and a long one.
  (request, random) =>
    withHeader(request, ...Array.from({ length: 100 + whole(random, 3_000) }, (_, index) => `x-${index}: ${index}`)),
  (request, random) => withHeader(request, `x-long: ${"a".repeat(60_000 + whole(random, 200_000))}`),
  (request) => withHeader(request, " folded: a", "\tfolded: b"),
  (request) => withHeader(request, "name : value", "na\tme: value", ": value", "no colon"),
  (request) => request.replaceAll("\r\n", "\n"),
  (request) => request.replaceAll("\r\n", "\r"),
  (request) => withHeader(request, "host: a", "host: b"),
  (request) => request.replace(/host: [^\r]*\r\n/i, ""),
  (request) => withHeader(request, "expect: 100-continue", "upgrade: h2c", "connection: upgrade, http2-settings"),
  // One after the other, with rubbish at the end.
  (request, random) => request.repeat(1 + whole(random, 8)) + pick(random, LINES),
  (request, random) => Array.from({ length: request.length }, () => String.fromCharCode(whole(random, 256))).join(""),
];

/** Spoils a good request of HTTP/1.1; the same numbers spoil it in the same way. */
export function malformedHttp1(request: string, random: Random): Buffer {
  let spoilt = request;
  for (let count = 1 + whole(random, 2); count > 0; count--) spoilt = pick(random, MUTATIONS)(spoilt, random);
  return Buffer.from(spoilt, "latin1");
}
