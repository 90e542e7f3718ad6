import { createFakeCore, serve } from "../../src/server.ts";

/** The first half of a stream of 50 events. */
const HALF = new TextEncoder().encode('event: ping\ndata: {"type":"ping"}\n\n'.repeat(25));

/** Never comes: the stream stays where it is until the client goes. */
const REST = new Promise<never>(() => {});

async function* holdHalfWay(): AsyncGenerator<Uint8Array> {
  yield HALF;
  await REST;
}

const http = process.argv[2] === "1" ? "1" : "auto";
const { url } = await serve(
  {
    ...createFakeCore(),
    handle: () =>
      Promise.resolve({ status: 200, headers: [["content-type", "text/event-stream"]], body: holdHalfWay() }),
  },
  { port: 0, http },
);
console.log(url);
