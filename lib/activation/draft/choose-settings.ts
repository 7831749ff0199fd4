import { and, eq } from "drizzle-orm";
import { drafts } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { askPreflight } from "@/lib/activation/preflight/ask-preflight";
import { type GivenSettings, readSettings } from "@/lib/activation/settings/rules";
import type { SettingProblem } from "@/lib/activation/settings/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { type DraftRow, getAcceptedSpecification } from "./queries";

export type ChooseOutcome = { ok: true } | { ok: false; problems: Record<string, SettingProblem> };

/** Keeps what the customer chose, and has what is picked held against it. */
export async function chooseSettings(
  tx: RequestTransaction,
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
