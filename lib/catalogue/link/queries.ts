import { eq, sql } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { LinkRoom } from "./schema";

type Reader = ScopedTransaction<"public" | "customer" | "guest">;

const asRoom = (value: string | null | undefined): LinkRoom =>
  value === "reserved" || value === "used_up" ? value : "free";

/** Whether the scope's link takes one more customer. */
export async function findLinkRoom(tx: Reader): Promise<LinkRoom> {
  const [row] = await tx.execute<{ room: string | null }>(sql`select kytkin.link_room() as room`);
  return asRoom(row?.room);
}

/**
 * Reserves a use of the scope's link for the draft that the same transaction writes: one acceptance at a time. Throws
 * `gone` when every use is taken.
 */
export async function reserveLinkUse(tx: ScopedTransaction<"customer">): Promise<void> {
  const [row] = await tx.execute<{ room: string | null }>(sql`select kytkin.reserve_link_use() as room`);
  const room = asRoom(row?.room);
  if (room !== "free") throw new AppError("gone", `the link's uses are ${room}`);
}

/** The partner's own name for the customer of the scope's link. */
export async function findCustomerRef(tx: RequestTransaction, linkToken: string): Promise<string | null> {
  const [link] = await tx
    .select({ customerRef: activationLinks.customerRef })
    .from(activationLinks)
    .where(eq(activationLinks.tokenHash, sha256(linkToken)));
  return link?.customerRef ?? null;
}

/** Companies that the scope's link ticks beforehand. */
export async function listWantedBusinessIds(tx: RequestTransaction): Promise<string[]> {
  const [link] = await tx
    .select({ businessIds: activationLinks.businessIds })
    .from(activationLinks)
    .where(sql`${activationLinks.tokenHash} = kytkin.link_hash()`);
  return link?.businessIds ?? [];
}

/** What the scope's link fills into the form of settings, as a browser would send it. */
export async function findPrefilledSettings(tx: RequestTransaction): Promise<Record<string, string>> {
  const [link] = await tx
    .select({ settings: activationLinks.settings })
    .from(activationLinks)
    .where(sql`${activationLinks.tokenHash} = kytkin.link_hash()`);
  return link?.settings ?? {};
}
