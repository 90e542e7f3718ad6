import { DEFAULTS } from "../settings/defaults.ts";
import type { BudgetSettings } from "../settings/budget-settings.ts";
import { type BudgetKeeper, UNLIMITED } from "./budget-keeper.ts";
import { createBudgetKeeper } from "./keeper/create-budget-keeper.ts";
import type { BudgetStore } from "./store/budget-store.ts";
import { openBudgetStore } from "./store/open-budget-store.ts";

/** The budgets of a gateway, and where they are kept. */
export interface OpenBudgets {
  readonly keeper: BudgetKeeper;
  /** Null where nothing is kept. */
  readonly store: BudgetStore | null;
  /** What the settings call the store. */
  readonly storeName: string;
}

/**
 * Opens the budgets that settings name. A store of the same name goes on: other caps find what was counted before.
 *
 * @param settings The caps, and where they are kept.
 * @param previous The budgets before these.
 * @returns The budgets; where there is no cap, none, and nothing is opened.
 * @throws {GatewayError} `SETTINGS_INVALID`, or that the store cannot be opened.
 */
export async function openBudgets(
  settings: BudgetSettings | undefined,
  previous: OpenBudgets | undefined,
): Promise<OpenBudgets> {
  const storeName = settings?.store ?? DEFAULTS.store;
  const isKept = previous?.storeName === storeName;
  if (settings === undefined || settings.caps.length === 0) {
    return { keeper: UNLIMITED, store: isKept ? previous.store : null, storeName };
  }
  const store = (isKept ? previous.store : null) ?? (await openBudgetStore(storeName));
  try {
    return { keeper: await createBudgetKeeper(settings, { store }), store, storeName };
  } catch (error) {
    if (store !== previous?.store) await store.close();
    throw error;
  }
}

/**
 * Writes what is not written yet, and closes the store where nobody goes on with it.
 *
 * @param budgets The budgets.
 * @param kept Those that take their place, if any do.
 */
export async function closeBudgets({ keeper, store }: OpenBudgets, kept: OpenBudgets | undefined): Promise<void> {
  if (keeper !== kept?.keeper) await keeper.close();
  if (store !== kept?.store) await store?.close();
}
