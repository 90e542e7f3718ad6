import type { Sql } from "postgres";
import { GatewayError } from "../../../gateway-error.ts";
import { SCHEMA, SCHEMA_STATEMENTS, SCHEMA_VERSION } from "./schema.ts";

/** Of all gateways that start at once, one makes the schema. A number that nobody else locks. */
const LOCK = 4_343_434_343;
const UNDEFINED = new Set(["42P01", "3F000"]);

/**
 * Makes the schema where it is missing or old. Whoever may not make one can use what is there.
 *
 * @param sql The database.
 * @throws {GatewayError} `BUDGET_STORE_UNUSABLE` where a later version made it.
 */
export async function prepareSchema(sql: Sql): Promise<void> {
  if ((await versionOf(sql)) === SCHEMA_VERSION) return;
  await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${LOCK}::bigint)`;
    await transaction.unsafe(SCHEMA_STATEMENTS);
    await transaction.unsafe(
      `delete from ${SCHEMA}.version where version < ${SCHEMA_VERSION};
       insert into ${SCHEMA}.version select ${SCHEMA_VERSION} where not exists (select 1 from ${SCHEMA}.version)`,
    );
  });
}

async function versionOf(sql: Sql): Promise<number | undefined> {
  try {
    const rows = await sql.unsafe<{ version: number }[]>(`select max(version) as version from ${SCHEMA}.version`);
    const version = rows[0]?.version ?? 0;
    if (version <= SCHEMA_VERSION) return version;
    throw new GatewayError(
      "BUDGET_STORE_UNUSABLE",
      `Cannot use the store of the budgets in PostgreSQL: its schema ${SCHEMA} has version ${version}, expected ${SCHEMA_VERSION} at most; run the release of the gateway that made it, or give this one another database`,
    );
  } catch (error) {
    if (UNDEFINED.has(String((error as { code?: unknown }).code))) return undefined;
    throw error;
  }
}
