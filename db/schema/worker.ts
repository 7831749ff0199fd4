import { integer, jsonb, pgTable, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns";

/** Workers that run now: each tells regularly that it lives, and what others have to know of it. */
export const workerProcesses = pgTable("worker_processes", {
  id: uuid("id").primaryKey(),
  /** Names of the key-encryption keys that it holds, as `nameOfKey` gives them. */
  keyIds: jsonb("key_ids").$type<string[]>().notNull(),
  /** By how much its clock is behind the database's; negative: ahead. */
  clockOffsetMs: integer("clock_offset_ms").notNull(),
  startedAt: at("started_at").notNull().defaultNow(),
  seenAt: at("seen_at").notNull().defaultNow(),
});
