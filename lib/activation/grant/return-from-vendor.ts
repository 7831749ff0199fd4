import { sql } from "drizzle-orm";
import type { RequestTransaction } from "@/db/scope";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { isConsentUnderWay } from "@/lib/activation/draft/rules";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { insertGrant } from "./insert-grant";
import { findGrantOfState, findNewestGrant } from "./queries";
import { encryptReturnToken } from "./return-token";
import { grantMachine } from "./rules";
import type { VendorReturn } from "./schema";

/**
 * Takes note that this signed-in person came back from the vendor with a request id, and has the worker read it. It
 * claims nothing: that is decided when the vendor has said whose request it is. Coming back twice gives the same grant.
 */
export async function returnFromVendor(
  tx: RequestTransaction,
  viewer: Viewer,
  returned: VendorReturn,
): Promise<string> {
  const [integration] = await tx.execute<{ id: string; connector: string; stage: string }>(
    sql`select id, connector, stage from kytkin.integration_for_return(${returned.slug})`,
  );
  if (!integration) throw new AppError("not_found", "integration");
  if (returned.kind === "ended") throw new AppError("not_found", "nothing came back");
  if (returned.kind === "key_login") throw new AppError("not_found", "a login for a key is no consent");
  if (returned.kind === "state") return returnWithState(tx, viewer, integration.id, returned);
  const before = await findNewestGrant(tx, viewer, integration.id, returned.vendorRequest);
  // A refusal may have been a passing one; it is read again.
  if (before && before.state !== "refused") return before.id;

  const draft = await findOpenDraft(tx, integration.id);
  const isOfDraft = draft !== null && isConsentUnderWay(draft, new Date());
  const id = await insertGrant(tx, viewer, {
    integrationId: integration.id,
    connector: integration.connector,
    stage: integration.stage,
    vendorRequest: returned.vendorRequest,
    draftId: isOfDraft ? draft.id : null,
    keysFrom: "decision",
    state: grantMachine.advance(null, "return"),
  });
  if (id === null) {
    // Another tab of the same person was a moment faster.
    const other = await findNewestGrant(tx, viewer, integration.id, returned.vendorRequest);
    if (!other) throw new AppError("conflict", "grant");
    return other.id;
  }
  await noteReturn(tx, viewer, id);
  return id;
}

/**
 * The state that went to the vendor came back: once, to the person who took it there. Whoever repeats the return gets the
 * grant as it is now; for everybody else there is none.
 */
async function returnWithState(
  tx: RequestTransaction,
  viewer: Viewer,
  integrationId: string,
  { state, outcome, token }: Extract<VendorReturn, { kind: "state" }>,
): Promise<string> {
  const sealed = token === null ? null : await encryptReturnToken(tx, state, token);
  const [taken] = await tx.execute<{ id: string | null }>(
    sql`select kytkin.return_with_state(${integrationId}, ${sha256(state)}, ${outcome}, ${sealed}) as id`,
  );
  if (taken?.id) {
    await noteReturn(tx, viewer, taken.id);
    return taken.id;
  }
  const known = await findGrantOfState(tx, viewer, integrationId, state);
  if (known === null) throw new AppError("not_found", "state");
  // Gone too late: neither the address nor the hour after it lasts for ever.
  if (known.state === "consenting") throw new AppError("gone", "state");
  return known.id;
}

async function noteReturn(tx: RequestTransaction, viewer: Viewer, id: string): Promise<void> {
  await enqueueEvent(tx, "grant/returned", { grantId: id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "grant.return",
    subject: { kind: "grant", id },
  });
}
