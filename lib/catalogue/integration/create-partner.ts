import { partners } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import type { NewPartner } from "./schema";

/** Gives the new partner's id. Throws `conflict` when the slug is taken, also by the demo's partner. */
export async function createPartner(context: WorkerContext, partner: NewPartner): Promise<string> {
  if (partner.slug === DEMO_PARTNER_SLUG)
    throw new AppError(
      "conflict",
      `"${partner.slug}" is the demo's partner; an installation with it does not start`,
    );
  return asSystem(context, "create partner", async (tx) => {
    const [row] = await tx
      .insert(partners)
      .values(partner)
      .onConflictDoNothing()
      .returning({ id: partners.id });
    if (!row) throw new AppError("conflict", `there is a partner "${partner.slug}" already`);
    await writeAudit(tx, {
      actor: { kind: "system" },
      partnerId: row.id,
      action: "partner.create",
      subject: { kind: "partner", id: row.id },
    });
    return row.id;
  });
}
