import { type SQL, sql } from "drizzle-orm";
import { type PgColumn, timestamp, uuid } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";

/** Time-ordered primary key. */
export const id = () => uuid("id").primaryKey().$defaultFn(uuidv7);
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const createdAt = () => at("created_at").notNull().defaultNow();

/** `column IN ('a', 'b')` for a check constraint over a closed list. */
export function isOneOf(column: PgColumn, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`;
}
