// A gateway that asks for budget as long as its input is open, and says what it was given. It is told to end, or killed.
import { writeSync } from "node:fs";
import process from "node:process";
import type { BudgetSettings } from "@claude-on-aws/gateway";
// Not the whole gateway, which takes longer to start than all that is done here.
import { createBudgetKeeper } from "../../../src/budgets/keeper/create-budget-keeper.ts";
import { isOwnRefusal } from "../../../src/terms/own-refusal.ts";
import { bound, caller, usage } from "./callers.ts";
import { createRandom } from "./random.ts";

const [address = "", caps = "", seed = "0"] = process.argv.slice(2);
const random = createRandom(Number(seed));
const settings: BudgetSettings = {
  caps: JSON.parse(caps) as BudgetSettings["caps"],
  store: address,
  // A database that is stopped breaks off at once; one that is only slow, on a machine with much else to do, is not gone.
  storeTimeoutMs: 30_000,
};
const keeper = await createBudgetKeeper(settings);
/** What is said before the process is killed is said: the pipe has it at once, or as soon as there is room in it. */
function say(...words: (string | number)[]): void {
  for (;;) {
    try {
      writeSync(1, `${words.join(" ")}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
const input = { isOpen: true };
process.stdin.on("end", () => (input.isOpen = false));
process.stdin.resume();
/** More than it has connections, so that some wait for one. */
const AT_ONCE = 4;
/** How long whoever was refused waits, in milliseconds: twice as long each time, up to the longest. */
const PAUSE = { first: 5, longest: 160 };

say("ready");
await Promise.all(Array.from({ length: AT_ONCE }, async (_, lane) => work(lane)));
await keeper.close();
process.exit(0);

async function work(lane: number): Promise<void> {
  let pauseMs = PAUSE.first;
  for (let count = 0; input.isOpen; count += 1) {
    const id = `${process.pid} ${lane} ${count}`;
    const microUsd = 1_000 + random.below(3_000);
    const from = Date.now();
    const answer = await keeper.reserve({ id, caller: caller("ann"), model: "m", bound: bound(10, 10, microUsd) });
    if (isOwnRefusal(answer)) {
      say("refused", answer.code);
      // As a client does: processes that ask without a pause take the time that the database needs to come back.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(2 * pauseMs, PAUSE.longest);
      continue;
    }
    pauseMs = PAUSE.first;
    say("admitted", id.replaceAll(" ", "-"), from, Date.now(), microUsd);
    await new Promise((resolve) => setImmediate(resolve));
    const used = microUsd - random.below(500);
    // Said before it is done: what is lost in between costs the bound, which is more.
    say("settled", id.replaceAll(" ", "-"), used);
    await answer.settle(usage(10, 5), used);
  }
}
