import { join } from "node:path";
import type { Figures as FakeFigures } from "../../../apps/fake/bench/figures.ts";
import type { Figures as GatewayFigures } from "../../../apps/gateway/bench/figures.ts";
import type { Figures as Costs } from "../../../packages/fetch/bench/figures.ts";
import { readJson } from "../../shared/read-json.ts";

/** Reads what the bench of the fake measured last. */
export const readFigures = (root: string): Promise<FakeFigures> =>
  readJson<FakeFigures>(join(root, "apps/fake/bench/figures.json"));

/** Reads what the bench of the gateway measured last. */
export const readGatewayFigures = (root: string): Promise<GatewayFigures> =>
  readJson<GatewayFigures>(join(root, "apps/gateway/bench/figures.json"));

/** Reads what the bench of `fetch` measured last. */
export const readCosts = (root: string): Promise<Costs> =>
  readJson<Costs>(join(root, "packages/fetch/bench/figures.json"));
