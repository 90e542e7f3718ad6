import { join } from "node:path";
import type { Figures } from "../../../apps/fake/bench/figures.ts";
import { readJson } from "../../shared/read-json.ts";

/** Reads what the bench of the fake measured last. */
export const readFigures = (root: string): Promise<Figures> =>
  readJson<Figures>(join(root, "apps/fake/bench/figures.json"));
