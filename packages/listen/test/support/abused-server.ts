/**
 * A server in a process of its own, so that its memory can be measured.
 *
 * Usage: abused-server.ts HTTP, `auto` or `1`. A request with the header `x-hold` is answered with a stream that is held
 * half-way. Counts exchanges that reached the handler, and those whose end was told.
 */
import { answerStateLines, asksToHold, holdHalfWay } from "@claude-on-aws/fixtures/abuse";
import { listen } from "../../src/index.ts";

const text = new TextEncoder();
let begun = 0;
let ended = 0;
const onEnd = (): void => void ended++;

const { url } = await listen(
  async (head, request) => {
    begun++;
    try {
      await request.read(10_000_000);
    } catch {
      return { status: 400, headers: [], body: text.encode("for nobody"), onEnd };
    }
    return { status: 200, headers: [], body: asksToHold(head.headers) ? holdHalfWay() : text.encode("ok"), onEnd };
  },
  { http2: process.argv[2] !== "1" },
);
await answerStateLines(url, () => ({ begun, ended }));
