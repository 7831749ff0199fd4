import { eq } from "drizzle-orm";
import { drafts, integrations, vendorApplications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { consentOf, listConsentsOfDraft } from "@/lib/activation/draft/consents";
import { type DraftRow, getAcceptedSpecification, listPicked } from "@/lib/activation/draft/queries";
import { toVendorApplication } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { takeRateLimit } from "@/lib/platform/rate-limit";
import { insertGrant } from "./insert-grant";
import { grantMachine } from "./rules";

/** Each begun consent costs a call under the partner's limit; nobody needs thirty in an hour. */
const BEGIN_LIMIT = { name: "grant.begin", max: 30, windowSeconds: 3600 };

/** The vendor's address is known, or the worker asks the vendor for it and the grant's row tells. */
export type ConsentBegun = { kind: "address"; url: URL } | { kind: "asked"; grantId: string };

/** Where each environment is consented to on its own, a draft has no more of them than fit under the cap. */
async function assertRoomForAnother(tx: RequestTransaction, draft: DraftRow): Promise<void> {
  const consent = consentOf(await listConsentsOfDraft(tx, draft.id), new Date());
  if (consent.state !== "open" || !consent.isOneOfSeveral) return;
  const { content } = await getAcceptedSpecification(tx, draft);
  const { picked, room } = await listPicked(tx, draft, consent, content.cap);
  if (picked.length >= room) throw new AppError("cap_exceeded", `${picked.length} of ${room}`);
}

/** Notes that the customer goes to the vendor from this draft, and says where to send the browser. Throws `cap_exceeded`. */
export async function beginConsent(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
): Promise<ConsentBegun> {
  const [application] = await tx
    .select({
      connector: vendorApplications.connector,
      stage: vendorApplications.stage,
      clientId: vendorApplications.clientId,
      settings: vendorApplications.settings,
    })
    .from(integrations)
    .innerJoin(vendorApplications, eq(vendorApplications.id, integrations.vendorApplicationId))
    .where(eq(integrations.id, draft.integrationId));
  if (!application) throw new AppError("not_found", "vendor application");
  await tx
    .update(drafts)
    .set({ consentStartedAt: new Date(), updatedAt: new Date() })
    .where(eq(drafts.id, draft.id));
  const connector = getConnector(application.connector);
  if (connector.consent.kind === "decision")
    return { kind: "address", url: connector.consent.address(toVendorApplication(application)) };
  await assertRoomForAnother(tx, draft);
  await takeRateLimit(tx, { ...BEGIN_LIMIT, subject: viewer.userId });
  const grantId = await insertGrant(tx, viewer, {
    integrationId: draft.integrationId,
    connector: application.connector,
    stage: application.stage,
    draftId: draft.id,
    keysFrom: "consent",
    state: grantMachine.advance(null, "begin"),
  });
  if (grantId === null) throw new AppError("conflict", "grant");
  await enqueueEvent(tx, "grant/begun", { grantId });
  return { kind: "asked", grantId };
}
