import process from "node:process";
import { ENTRY_POINTS } from "./entry-points.ts";
import { type Growth, measureGrowth } from "./measure-growth.ts";

/** What a run found, as one line of JSON for each that could be measured. */
export interface Found extends Growth {
  readonly entryPoint: string;
  readonly text: string;
}

const [wanted = ""] = process.argv.slice(2);

for (const [name, { take, maxLength, texts }] of ENTRY_POINTS) {
  if (!name.includes(wanted)) continue;
  for (const [text, make] of texts) {
    // Said beforehand: who waits for ever gets to know for what.
    process.stderr.write(`${name} of ${text}\n`);
    const growth = await measureGrowth((size) => {
      const given = make(size);
      return async () => {
        try {
          await take(given);
        } catch {
          // It may refuse it.
        }
      };
    }, maxLength);
    if (growth !== undefined) process.stdout.write(`${JSON.stringify({ entryPoint: name, text, ...growth })}\n`);
  }
}
