import process from "node:process";
import { ENTRY_POINTS } from "./entry-points.ts";
import { type Growth, measureGrowth } from "./measure-growth.ts";

/** What a run found, as one line of JSON for each that could be measured. */
export interface Found extends Growth {
  readonly entryPoint: string;
  readonly text: string;
}

// All, or the one entry point and the one text that are named.
const [wantedEntryPoint, wantedText] = process.argv.slice(2);

for (const [name, { take, maxLength, texts }] of ENTRY_POINTS) {
  if (name !== (wantedEntryPoint ?? name)) continue;
  for (const [text, make] of texts) {
    if (text !== (wantedText ?? text)) continue;
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
