import { resolveOptions } from "../../src/configure/resolve-options.ts";
import { evidenceContext } from "../../src/evidence/evidence-of.ts";
import { Journal } from "../../src/judge/journal.ts";
import { createJournalTools } from "../../src/judge/journal-tools.ts";
import type { FakeCore } from "../../src/server.ts";
import { RefusedHosts } from "../../src/stores/refused-hosts.ts";
import { RowStore } from "./row-store.ts";

/** The journal that another process makes of what this one has written down: it knows none of its secrets. */
export function readElsewhere({ journal, settings }: FakeCore): Journal {
  const { maxJournalExchanges } = settings;
  const store = new RowStore(createJournalTools(evidenceContext(resolveOptions({ maxJournalExchanges }))));
  store.restore(journal.evidence().map((row) => JSON.stringify(row)));
  return new Journal(store, new RefusedHosts());
}
