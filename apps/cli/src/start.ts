import { main } from "./main.ts";
import { wantsColour } from "./wants-colour.ts";

// Who reads what is printed may have read enough, as `head -1` has; that is no reason to end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const status = await main(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  write: (text) => void process.stdout.write(text),
  colour: wantsColour(process.stdout),
});
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write("", done))));
// A module that was given with a flag may hold on to what keeps a process alive; msw does, on Deno.
process.exit(status);
