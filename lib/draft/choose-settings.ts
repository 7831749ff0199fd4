import { and, eq } from "drizzle-orm";
import { drafts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { askPreflight } from "@/lib/preflight/ask-preflight";
import { type GivenSettings, readSettings } from "@/lib/settings/rules";
import type { SettingProblem } from "@/lib/settings/schema";
import { type DraftRow, getAcceptedSpecification } from "./queries";

export type ChooseOutcome = { ok: true } | { ok: false; problems: Record<string, SettingProblem> };

/** Keeps what the customer chose, and has what is picked held against it. */
export async function chooseSettings(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  draft: DraftRow,
  given: GivenSettings,
): Promise<ChooseOutcome> {
  const { content } = await getAcceptedSpecification(tx, draft);
  const read = readSettings(content.settings, given);
  if (!read.ok) return read;
  await tx
    .update(drafts)
    .set({ settings: read.values, updatedAt: new Date() })
    .where(and(eq(drafts.id, draft.id), eq(drafts.state, "open")));
  await askPreflight(tx, draft);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: draft.partnerId,
    action: "draft.choose_settings",
    subject: { kind: "draft", id: draft.id },
  });
  return { ok: true };
}
