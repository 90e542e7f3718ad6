import process from "node:process";
import { Stop } from "../../src/send/stop.ts";
import { createRuntimeTransport } from "../../src/transport/runtime-transport.ts";

/**
 * A program that asks for the URLs it is given, one after the other, says what was answered, and ends when it has nothing to do. In place
 * of a URL, a number is so many milliseconds in which it is held up, and sees nothing of what comes.
 */
const transport = createRuntimeTransport();
for (const url of process.argv.slice(2)) {
  if (/^\d+$/.test(url)) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(url));
    continue;
  }
  const stop = new Stop();
  const common = { method: "POST", url: new URL(url), headers: [], body: new Uint8Array([1]), onConnect: () => {} };
  const { body } = await transport.send({ ...common, stop, signal: stop.signal });
  let text = "";
  for (let part = await body?.read(); part; part = await body?.read()) text += new TextDecoder().decode(part);
  console.log(text);
}
