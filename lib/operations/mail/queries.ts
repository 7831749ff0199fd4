import { and, count, desc, eq, inArray, lt } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { MailFilter, MailListView, MailState } from "@/lib/platform/outbox/schema";

type Operator = ScopedTransaction<"operator">;
const PAGE = 25;
const COUNTED: MailState[] = ["queued", "failed"];

/** Mails in one state, newest first, a page of 25; how many there are in each. */
export async function listMails(tx: Operator, filter: MailFilter): Promise<MailListView> {
  const rows = await tx
    .select({
      id: outboxMails.id,
      kind: outboxMails.kind,
      subjectId: outboxMails.subjectId,
      recipientMasked: outboxMails.recipientMasked,
      state: outboxMails.state,
      tries: outboxMails.tries,
      lastError: outboxMails.lastError,
      createdAt: outboxMails.createdAt,
      lastTriedAt: outboxMails.lastTriedAt,
    })
    .from(outboxMails)
    // Ids are ordered by time.
    .where(
      and(eq(outboxMails.state, filter.state), filter.before ? lt(outboxMails.id, filter.before) : undefined),
    )
    .orderBy(desc(outboxMails.id))
    .limit(PAGE + 1);
  const shown = rows.slice(0, PAGE);
  return {
    filter,
    mails: shown.map(({ createdAt, lastTriedAt, recipientMasked, ...mail }) => ({
      ...mail,
      recipientMasked: recipientMasked ?? "",
      queuedAt: createdAt.toISOString(),
      lastTriedAt: lastTriedAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    counts: await countMails(tx),
  };
}

/** Of those that wait or failed, which are few; the others are all mails there ever were. */
async function countMails(tx: Operator): Promise<MailListView["counts"]> {
  const rows = await tx
    .select({ state: outboxMails.state, count: count() })
    .from(outboxMails)
    .where(inArray(outboxMails.state, COUNTED))
    .groupBy(outboxMails.state);
  const none = Object.fromEntries(COUNTED.map((state) => [state, 0]));
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}
