import { soakLength } from "@claude-on-aws/fixtures";
import { describeAbuse } from "@claude-on-aws/fixtures/abuse-suite";

const BODY = JSON.stringify({ numbers: Array.from({ length: 40 }, (_, index) => index) });

describeAbuse({
  title: "listen()",
  file: new URL("./support/abused-server.ts", import.meta.url),
  request: [
    "POST /things HTTP/1.1",
    "host: 127.0.0.1",
    "content-type: application/json",
    `content-length: ${BODY.length}`,
    "",
    BODY,
  ].join("\r\n"),
  holdRequest: "GET /things HTTP/1.1\r\nhost: 127.0.0.1\r\nx-hold: yes\r\nconnection: close\r\n\r\n",
  malformed: soakLength(10_000, 150),
  numbers: {
    requests: soakLength(500, 100),
    slow: soakLength(200, 60),
    streams: soakLength(2_000, 240),
    floods: soakLength(200, 20),
    long: soakLength(300, 24),
    goodbyes: soakLength(1_500, 120),
  },
  choices: ["auto", "1"],
  expectCounts: async (server, isAtRest) => {
    // What is under way has not ended.
    if (!isAtRest) return;
    let counts = await server.counts();
    // Of clients that are gone it hears a little later.
    while (counts.begun !== counts.ended) counts = await server.counts();
  },
});
