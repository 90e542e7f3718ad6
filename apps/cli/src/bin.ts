#!/usr/bin/env node
import { findRuntimeProblem } from "./find-runtime-problem.ts";

const problem = findRuntimeProblem(process.versions);
// Loaded only then: an older Node would stumble over something in there, and say so in its own words.
if (problem === undefined) await import("./start.ts");
else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
