import { count, desc, eq } from "drizzle-orm";
import { returnAddresses } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { auditActorOf, type PartnerActor } from "@/lib/platform/audit/partner-actor";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { findReturnAddressProblem } from "./rules";

type Partner = ScopedTransaction<"partner">;
export type ReturnAddressView = { id: string; address: string; createdAt: string };
const MAX_ADDRESSES = 50;

export async function listReturnAddresses(tx: Partner): Promise<ReturnAddressView[]> {
  const rows = await tx.select().from(returnAddresses).orderBy(desc(returnAddresses.id));
  return rows.map(({ id, address, createdAt }) => ({ id, address, createdAt: createdAt.toISOString() }));
}

/** Adds an address that customers may be sent back to; one that is there already stays. Throws `invalid_input`. */
export async function addReturnAddress(
  tx: Partner,
  actor: PartnerActor,
  address: string,
  allowLoopback: boolean,
): Promise<ReturnAddressView> {
  const problem = findReturnAddressProblem(address, allowLoopback);
  if (problem) throw new AppError("invalid_input", `address: ${problem}`);
  const [existing] = await tx.select({ count: count() }).from(returnAddresses);
  if ((existing?.count ?? 0) >= MAX_ADDRESSES)
    throw new AppError("conflict", `there are ${MAX_ADDRESSES} return addresses already; remove one first`);
  const { href } = new URL(address);
  await tx
    .insert(returnAddresses)
    .values({ partnerId: actor.partnerId, address: href })
    .onConflictDoNothing();
  const [row] = await tx.select().from(returnAddresses).where(eq(returnAddresses.address, href));
  if (!row) throw new AppError("not_found", "return address");
  await writeAudit(tx, {
    actor: auditActorOf(actor),
    partnerId: actor.partnerId,
    action: "return_address.add",
    subject: { kind: "return_address", id: row.id },
  });
  return { id: row.id, address: row.address, createdAt: row.createdAt.toISOString() };
}

/** Link sessions that lead there keep their address. Throws `not_found`. */
export async function removeReturnAddress(tx: Partner, actor: PartnerActor, id: string): Promise<void> {
  const removed = await tx
    .delete(returnAddresses)
    .where(eq(returnAddresses.id, id))
    .returning({ id: returnAddresses.id });
  if (removed.length === 0) throw new AppError("not_found", "return address");
  await writeAudit(tx, {
    actor: auditActorOf(actor),
    partnerId: actor.partnerId,
    action: "return_address.remove",
    subject: { kind: "return_address", id },
  });
}
