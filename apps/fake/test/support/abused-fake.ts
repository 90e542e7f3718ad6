/**
 * A fake in a process of its own, so that its memory can be measured.
 *
 * Usage: abused-fake.ts HTTP, `auto` or `1`. A request with the header `x-hold` is answered with a stream that is held
 * half-way. Counts requests that reached the fake, and exchanges that its journal counted.
 */
import { answerStateLines, asksToHold, holdHalfWay } from "@claude-on-aws/fixtures/abuse";
import { createFakeCore, serve } from "../../src/server.ts";

const core = createFakeCore();
let begun = 0;

const { url } = await serve(
  {
    ...core,
    handle: async (request) => {
      if (asksToHold(request.headers)) {
        return { status: 200, headers: [["content-type", "text/event-stream"]], body: holdHalfWay() };
      }
      begun++;
      return core.handle(request);
    },
  },
  { port: 0, http: process.argv[2] === "1" ? "1" : "auto" },
);
await answerStateLines(url, () => ({ begun, ended: core.journal.total }));
