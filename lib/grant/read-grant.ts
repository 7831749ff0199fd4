import { and, eq, inArray } from "drizzle-orm";
import { isUniqueViolation } from "@/db/errors";
import { insertInChunks } from "@/db/insert-in-chunks";
import { candidates, grants } from "@/db/schema";
import { blameOf } from "@/lib/connectors/blame";
import { grantsKeys } from "@/lib/connectors/connector";
import type { GrantReading } from "@/lib/connectors/consent";
import { ConnectorError } from "@/lib/connectors/errors";
import { maskEmail } from "@/lib/core/mask-email";
import { grantMachine } from "@/lib/draft/rules";
import { CLAIMED_GRANT_STATES, type GrantRefusal } from "@/lib/draft/states";
import { queueMail } from "@/lib/outbox/queue-mail";
import { createConnectorContext } from "@/lib/vendor/create-connector-context";
import { settingsOf } from "@/lib/vendor/vendor-settings";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { findUsableLinkToken } from "./find-usable-link-token";
import { type GrantWithApplication, getGrantWithApplication } from "./get-grant-with-application";
import { keepLatestAnswer } from "./keep-vendor-answer";
import { receiveKeys } from "./receive-keys";
import { endGrant } from "./refuse-grant";
import { releaseOlderGrants } from "./release-older-grants";

/**
 * Asks the vendor whose request this is and what it covers, and decides what it means for the person who came back.
 * May run twice. Passing trouble at the vendor is thrown, for the job to try again.
 */
export async function readGrant(context: WorkerContext, grantId: string): Promise<{ state: string }> {
  const loaded = await getGrantWithApplication(context, grantId);
  if (loaded.grant.state !== "reading") return { state: loaded.grant.state };
  const { connector, vendor } = await createConnectorContext(
    context,
    loaded.application.id,
    loaded.grant.accountId,
  );
  if (grantsKeys(connector))
    return receiveKeys(context, loaded, { connector, vendor }).catch((error: unknown) => {
      if (blameOf(error) !== "application") throw error;
      return endGrant(context, grantId, "application_refused");
    });
  let reading: GrantReading;
  try {
    reading = await keepLatestAnswer(context, loaded.grant, () =>
      connector.completeGrant(vendor, loaded.grant.vendorRequest),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.isRetriable) throw error;
    return endGrant(context, grantId, refusalOf(error));
  }
  const expected = settingsOf(loaded.application).vendorIntegrationId;
  if (expected && reading.vendorIntegrationId !== expected)
    return endGrant(context, grantId, "other_integration");
  if (reading.expiresAt <= new Date()) return endGrant(context, grantId, "expired");
  if (!reading.initiator.email) return endGrant(context, grantId, "initiator_unknown");
  if (reading.candidates.length === 0) return endGrant(context, grantId, "no_companies");
  return claim(context, loaded, reading, reading.initiator.email);
}

/** The vendor is asked in the partner's name: whatever credential or right it refuses is the partner's. */
function refusalOf(error: ConnectorError): GrantRefusal {
  if (blameOf(error) !== null) return "application_refused";
  if (error.kind === "expired") return "expired";
  return error.kind === "not_found" ? "not_found" : "unavailable";
}

async function claim(
  context: WorkerContext,
  loaded: GrantWithApplication,
  reading: GrantReading,
  initiatorEmail: string,
): Promise<{ state: string }> {
  const { grant } = loaded;
  if (await isClaimed(context, grant)) return endGrant(context, grant.id, "already_claimed");
  const isOwn = initiatorEmail.trim().toLowerCase() === loaded.userEmail;
  const event = !isOwn ? "read_of_other_person" : grant.draftId ? "read_for_draft" : "read_without_draft";
  try {
    await asSystem(context, "claim grant", async (tx) => {
      const changed = await tx
        .update(grants)
        .set({
          state: grantMachine.advance("reading", event),
          initiatorName: isOwn ? reading.initiator.name : null,
          initiatorMasked: maskEmail(initiatorEmail),
          initiatorEmail,
          withoutKey: reading.leftOut,
          linkToken: loaded.draftLinkToken ?? (await findUsableLinkToken(tx, grant.integrationId)),
          expiresAt: reading.expiresAt,
          updatedAt: new Date(),
        })
        .where(and(eq(grants.id, grant.id), eq(grants.state, "reading")))
        .returning({ id: grants.id });
      if (changed.length === 0) return;
      const { id: grantId, accountId } = grant;
      const rows = reading.candidates.map((candidate) => ({ ...candidate, grantId, accountId }));
      await insertInChunks(rows, (chunk) => tx.insert(candidates).values(chunk).onConflictDoNothing());
      if (grant.draftId && isOwn) await releaseOlderGrants(tx, grant.id, grant.draftId);
      if (!isOwn) {
        const mail = {
          kind: "claim_needs_initiator",
          subjectId: grant.id,
          recipient: initiatorEmail,
        } as const;
        await queueMail(tx, { ...mail, locale: loaded.locale });
      }
    });
  } catch (error) {
    if (isUniqueViolation(error, "grants_one_claim")) return endGrant(context, grant.id, "already_claimed");
    throw error;
  }
  return { state: grantMachine.advance("reading", event) };
}

/** Whoever comes after the first claim gets nothing, and the initiator is not asked once more. */
async function isClaimed(context: WorkerContext, grant: GrantWithApplication["grant"]): Promise<boolean> {
  return asSystem(context, "find claim", async (tx) => {
    const [claimed] = await tx
      .select({ id: grants.id })
      .from(grants)
      .where(
        and(
          eq(grants.connector, grant.connector),
          eq(grants.stage, grant.stage),
          eq(grants.vendorRequest, grant.vendorRequest),
          inArray(grants.state, [...CLAIMED_GRANT_STATES]),
        ),
      )
      .limit(1);
    return claimed !== undefined;
  });
}
