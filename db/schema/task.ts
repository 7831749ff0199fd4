import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { TASK_KINDS, type TaskKind } from "@/lib/platform/task/schema";
import { users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { integrations } from "./integration";

/** What the product could not put right by itself and a person of the operator has to look at. */
export const tasks = pgTable(
  "tasks",
  {
    id: id(),
    kind: text("kind").$type<TaskKind>().notNull(),
    /** The row that it is about; its kind says of which table. */
    subjectId: uuid("subject_id").notNull(),
    integrationId: uuid("integration_id").references(() => integrations.id),
    /** The vendor's own redacted words, where it has said something. */
    vendorAnswer: jsonb("vendor_answer").$type<VendorAnswer>(),
    /** When it was found last; a task that is found again stays one row. */
    foundAt: at("found_at").notNull().defaultNow(),
    /** When an operator last had it tried again. */
    retriedAt: at("retried_at"),
    resolvedAt: at("resolved_at"),
    /** Null: the trouble went away by itself. */
    resolvedBy: uuid("resolved_by").references(() => users.id),
    /** What the person who resolved it says was done. */
    resolution: text("resolution"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("tasks_one_open").on(table.kind, table.subjectId).where(sql`resolved_at is null`),
    index("tasks_newest").on(table.createdAt),
    check("tasks_kind", isOneOf(table.kind, TASK_KINDS)),
    check("tasks_resolution", sql`resolved_by is null or (resolved_at is not null and resolution <> '')`),
  ],
);
