/** Prints what the entries weigh, minified, tree-shaken and gzipped; see README.md. */
import { MEASURED_EXPORTS, measureExports } from "./measure-exports.ts";

for (const measured of MEASURED_EXPORTS) {
  const { gzipBytes, imports } = await measureExports(measured);
  console.log(
    `${measured.names.padEnd(28)} ${String(gzipBytes).padStart(6)} bytes gzipped, at most ${measured.maxBytes}; imports ${imports.join(", ") || "nothing"}`,
  );
}
