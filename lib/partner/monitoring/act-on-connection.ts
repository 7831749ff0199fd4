import type { ScopedTransaction } from "@/db/scope";
import { liftHold } from "@/lib/connection/hold/lift-hold";
import { placeHold } from "@/lib/connection/hold/place-hold";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";

type Partner = ScopedTransaction<"partner">;
const actorOf = ({ userId }: PartnerMember) => ({ by: "partner", userId }) as const;

/** Pauses a connection or sets the day of its end. An end needs the ability to end. Throws `forbidden`, and as `placeHold`. */
export async function holdInConsole(
  tx: Partner,
  member: PartnerMember,
  wanted: Parameters<typeof placeHold>[2],
): Promise<void> {
  assertMay(member, wanted.kind === "pause" ? "connections.pause" : "connections.end");
  await placeHold(tx, actorOf(member), wanted);
}

/** Takes back what the partner set. Throws `forbidden`, and as `liftHold`. */
export async function liftHoldInConsole(tx: Partner, member: PartnerMember, holdId: string): Promise<void> {
  assertMay(member, "connections.pause");
  await liftHold(tx, actorOf(member), holdId);
}
