/** Prints what each entry weighs in a bundle: minified, and with gzip. */
import { measureEntry } from "./measure-entry.ts";

console.log("| entry | minified | gzip | depends on |\n|---|---|---|---|");
for (const entry of ["event-stream", "sse", "claude"]) {
  const { minifiedBytes, gzipBytes, packages } = await measureEntry(entry);
  console.log(`| \`${entry}\` | ${minifiedBytes} B | ${gzipBytes} B | ${packages.join(", ") || "nothing"} |`);
}
