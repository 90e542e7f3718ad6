// Takes from a file as fast as it can, and says how often it was told that it has.
import process from "node:process";
// Not the whole gateway, which takes longer to start than all that is done here.
import { openBudgetStore } from "../../../src/budgets/store/open-budget-store.ts";

const store = await openBudgetStore(`sqlite:${process.argv[2]}`);
for (let count = 1; ; count += 1) {
  const charges = [{ key: "a", window: "month", limit: 1_000_000, amount: 1 } as const];
  await store.take({ id: String(count), charges, lifetimeMs: 60_000 });
  process.stdout.write(`${count}\n`);
}
