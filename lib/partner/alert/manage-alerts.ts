import { sql } from "drizzle-orm";
import { partnerAlerts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { randomToken } from "@/lib/core/hash";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { nextDigestAt } from "./rules";
import type { AlertInput, AlertView } from "./schema";

const NOTHING: AlertView = {
  digest: "none",
  waitingHours: 24,
  rejectionPercent: null,
  tellsAttention: true,
  timeZone: "UTC",
  nextAt: null,
};

/** What the member chose; before the first time, what the page suggests. */
export async function getAlerts(tx: ScopedTransaction<"partner">): Promise<AlertView> {
  const [row] = await tx
    .select({
      digest: partnerAlerts.digest,
      waitingHours: partnerAlerts.waitingHours,
      rejectionPercent: partnerAlerts.rejectionPercent,
      tellsAttention: partnerAlerts.tellsAttention,
      timeZone: partnerAlerts.timeZone,
      dueAt: partnerAlerts.dueAt,
    })
    .from(partnerAlerts);
  if (!row) return NOTHING;
  const { dueAt, ...rest } = row;
  return { ...rest, nextAt: dueAt?.toISOString() ?? null };
}

/** Keeps what the member wants to hear of; what happened before is not told. */
export async function saveAlerts(
  tx: ScopedTransaction<"partner">,
  { partnerId, userId }: Pick<PartnerMember, "partnerId" | "userId">,
  { zone: timeZone, ...chosen }: AlertInput,
  now = new Date(),
): Promise<void> {
  const dueAt = nextDigestAt(now, chosen.digest, timeZone);
  const values = { ...chosen, timeZone, dueAt, toldUntil: now, updatedAt: now };
  await tx
    .insert(partnerAlerts)
    .values({ partnerId, userId, stopToken: randomToken(), ...values })
    .onConflictDoUpdate({ target: [partnerAlerts.partnerId, partnerAlerts.userId], set: values });
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    partnerId,
    action: "partner_alerts.save",
    subject: { kind: "partner_alerts", id: userId },
    detail: { digest: chosen.digest },
  });
}

/** Whose mails a link stops; null when it is no link of a mail. */
export async function findStopOffer(
  tx: ScopedTransaction<"public">,
  token: string,
): Promise<{ partnerName: string; isOn: boolean } | null> {
  const [row] = await tx.execute<{ partner_name: string; is_on: boolean }>(
    sql`select * from kytkin.alerts_of_token(${token})`,
  );
  return row ? { partnerName: row.partner_name, isOn: row.is_on } : null;
}

/** Stops the mails of the member whose token it is. Throws `gone` for an unknown link. */
export async function stopAlerts(tx: ScopedTransaction<"public">, token: string): Promise<void> {
  const [row] = await tx.execute<{ stopped: boolean }>(sql`select kytkin.stop_alerts(${token}) as stopped`);
  if (!row?.stopped) throw new AppError("gone", "alerts");
  await writeAudit(tx, {
    actor: { kind: "visitor" },
    action: "partner_alerts.stop",
    subject: { kind: "partner_alerts" },
  });
}
