import { and, asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { partnerViews } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { MonitoredList } from "./lists";
import { connectionFilter, requestFilter, type SavedView } from "./schema";

type Partner = ScopedTransaction<"partner">;
type Owner = Pick<PartnerMember, "partnerId" | "userId">;
/** More would be a list of their own to search in. */
const MAX_VIEWS = 20;

const FILTERS = {
  requests: requestFilter.omit({ before: true }),
  connections: connectionFilter.omit({ before: true }),
} satisfies Record<MonitoredList, z.ZodType>;

/** The filter in an address, without what it does not know and without its page. */
export function cleanQuery(list: MonitoredList, query: string): string {
  const filter = FILTERS[list].parse(Object.fromEntries(new URLSearchParams(query)));
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}

/** The member's own views of a list, by name. */
export async function listViews(tx: Partner, list: MonitoredList): Promise<SavedView[]> {
  return tx
    .select({ id: partnerViews.id, name: partnerViews.name, query: partnerViews.query })
    .from(partnerViews)
    .where(eq(partnerViews.list, list))
    .orderBy(asc(partnerViews.name));
}

/**
 * Keeps a list with its filter; a name that is there already stands for the new filter from now on. Throws `invalid_input`
 * for a filter that narrows nothing, `cap_exceeded` when there are too many views.
 */
export async function saveView(
  tx: Partner,
  { partnerId, userId }: Owner,
  { list, name, query }: { list: MonitoredList; name: string; query: string },
): Promise<void> {
  const cleaned = cleanQuery(list, query);
  if (cleaned === "") throw new AppError("invalid_input", "the filter narrows nothing");
  // Two tabs of one member may save at once.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`view:${partnerId}:${userId}`}, 0))`);
  const mine = and(eq(partnerViews.list, list), eq(partnerViews.name, name));
  await tx.delete(partnerViews).where(mine);
  const views = await listViews(tx, list);
  if (views.length >= MAX_VIEWS) throw new AppError("cap_exceeded", `${MAX_VIEWS} views`);
  await tx.insert(partnerViews).values({ partnerId, userId, list, name, query: cleaned });
}

/** Takes a view of the member's own out; another's is not there. */
export async function removeView(tx: Partner, viewId: string): Promise<void> {
  const removed = await tx
    .delete(partnerViews)
    .where(eq(partnerViews.id, viewId))
    .returning({ id: partnerViews.id });
  if (removed.length === 0) throw new AppError("not_found", "view");
}
