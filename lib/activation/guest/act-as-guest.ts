import { and, eq, isNull } from "drizzle-orm";
import { requestGuests } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isConsentUnderWay } from "@/lib/activation/draft/rules";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { listHandedRequests } from "@/lib/people/membership/queries";
import { writeAudit } from "@/lib/platform/audit/write-audit";

type Auth = ScopedTransaction<"auth">;
/** Where the viewer works: behind a link, at the return from a vendor, on a request or on a draft. */
export type Place = { linkToken: string } | { slug: string } | { requestId: string } | { draftId: string };

/**
 * In whose name the viewer works on what is behind a link, an integration's return or a request: as the guest of the request
 * that they chose last there, else as a member of the active account. A request that has an id needs no choosing.
 */
export async function findActor(tx: Auth, viewer: Viewer, place: Place): Promise<Viewer> {
  const handed = (await listHandedRequests(tx, viewer, viewer.locale)).find((one) => {
    if ("requestId" in place) return one.requestId === place.requestId;
    if ("draftId" in place) return one.draftId === place.draftId;
    if (!one.isOpened) return false;
    if ("linkToken" in place) return one.linkToken === place.linkToken;
    return one.slug === place.slug && isConsentUnderWay(one, new Date());
  });
  return handed ? { ...viewer, accountId: handed.accountId, guestOf: handed.draftId } : viewer;
}

/** Goes on with a request that was handed over, or with `null` in an account of one's own behind the same link. */
export async function chooseHandedRequest(
  tx: Auth,
  viewer: Viewer,
  draftId: string,
  openedAt: Date | null,
): Promise<void> {
  const chosen = await tx
    .update(requestGuests)
    .set({ openedAt })
    .where(
      and(
        eq(requestGuests.draftId, draftId),
        eq(requestGuests.userId, viewer.userId),
        isNull(requestGuests.endedAt),
      ),
    )
    .returning({ id: requestGuests.id });
  if (chosen.length === 0) throw new AppError("not_found", "handed request");
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: openedAt ? "guest.open" : "guest.leave",
    subject: { kind: "draft", id: draftId },
  });
}
