/**
 * Asks a service once, and says what it answered, or why it did not. It ends when nothing keeps it.
 *
 * Usage: ask-once.ts URL
 */
import process from "node:process";
import { Stop } from "../../src/send/stop.ts";
import { createRuntimeTransport } from "../../src/transport/runtime-transport.ts";

const stop = new Stop();
try {
  const { status, body } = await createRuntimeTransport().send({
    method: "POST",
    url: new URL(process.argv[2] ?? ""),
    headers: [],
    body: new Uint8Array([1]),
    stop,
    signal: stop.signal,
    onConnect: () => {},
  });
  let text = "";
  for (let part = await body?.read(); part; part = await body?.read()) text += new TextDecoder().decode(part);
  console.log(`${status} ${text}`);
} catch (error) {
  console.log(String(error));
}
