import { desc, eq } from "drizzle-orm";
import { drafts } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import type { WayOn } from "@/lib/activation/grant/schema";
import { findOpenDraft, findWayWithoutDraft } from "./queries";

/**
 * Where the account goes on with an integration when all that is known is the integration: at its open draft, else at what the
 * newest draft became. Null when the account never began.
 */
export async function findWayOn(tx: RequestTransaction, integrationId: string): Promise<WayOn | null> {
  const open = await findOpenDraft(tx, integrationId);
  if (open) return { to: "draft", href: `/a/${open.linkToken}/environments` };
  const [newest] = await tx
    .select({ linkToken: drafts.linkToken })
    .from(drafts)
    .where(eq(drafts.integrationId, integrationId))
    .orderBy(desc(drafts.id))
    .limit(1);
  if (!newest) return null;
  const { linkToken } = newest;
  const href = await findWayWithoutDraft(tx, { integrationId, linkToken });
  if (href === null) return null;
  return { to: href.startsWith("/requests/") ? "request" : "review", href };
}
