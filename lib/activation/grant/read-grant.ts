import { and, eq, inArray } from "drizzle-orm";
import { isUniqueViolation } from "@/db/errors";
import { insertInChunks } from "@/db/insert-in-chunks";
import { candidates, grants } from "@/db/schema";
import { blameOf } from "@/lib/connectors/blame";
import { type ConsentCoverage, coverageOf, decides, issuesKeys } from "@/lib/connectors/connector";
import type { GrantReading } from "@/lib/connectors/consent";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { AppError } from "@/lib/core/app-error";
import { maskEmail } from "@/lib/core/mask-email";
import { emailAddress } from "@/lib/core/written-text";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { findUsableLinkToken } from "./find-usable-link-token";
import { type GrantWithApplication, getGrantWithApplication } from "./get-grant-with-application";
import { receiveKeys } from "./receive-keys";
import { recordLatestAnswer } from "./record-vendor-answer";
import { refuseGrant } from "./refuse-grant";
import { releaseOlderGrants } from "./release-older-grants";
import { grantMachine } from "./rules";
import { CLAIMED_GRANT_STATES, type GrantRefusal } from "./schema";

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
  if (issuesKeys(connector))
    return receiveKeys(context, loaded, { connector, vendor }).catch((error: unknown) => {
      if (blameOf(error) !== "application") throw error;
      return refuseGrant(context, grantId, "application_refused");
    });
  if (!decides(connector)) throw new AppError("misconfigured", "a kind of consent that nobody reads");
  let reading: GrantReading;
  try {
    reading = await recordLatestAnswer(context, loaded.grant, () =>
      connector.consent.read(vendor, loaded.grant.vendorRequest),
    );
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.isRetriable) throw error;
    return refuseGrant(context, grantId, refusalOf(error));
  }
  if (reading.isOfOtherIntegration) return refuseGrant(context, grantId, "other_integration");
  if (reading.expiresAt <= new Date()) return refuseGrant(context, grantId, "expired");
  // As it came: a list of addresses, or one with a line of a header behind it, is nobody's.
  const initiatorEmail = emailAddress.safeParse(reading.initiator.email).data;
  if (!initiatorEmail) return refuseGrant(context, grantId, "initiator_unknown");
  if (reading.candidates.length === 0) return refuseGrant(context, grantId, "no_companies");
  return claim(context, loaded, reading, { initiatorEmail, covers: coverageOf(connector) });
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
  { initiatorEmail, covers }: { initiatorEmail: string; covers: ConsentCoverage },
): Promise<{ state: string }> {
  const { grant } = loaded;
  if (await isClaimed(context, grant)) return refuseGrant(context, grant.id, "already_claimed");
  const isOwn = initiatorEmail === loaded.userEmail;
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
      if (grant.draftId && isOwn) await releaseOlderGrants(tx, { grantId, draftId: grant.draftId, covers });
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
    if (isUniqueViolation(error, "grants_one_claim"))
      return refuseGrant(context, grant.id, "already_claimed");
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
