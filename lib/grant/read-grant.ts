import { and, eq, inArray, ne } from "drizzle-orm";
import { isUniqueViolation } from "@/db/errors";
import { candidates, drafts, grants, integrations, users, vendorApplications } from "@/db/schema";
import { ConnectorError } from "@/lib/connectors/errors";
import type { GrantReading } from "@/lib/connectors/types";
import { AppError } from "@/lib/core/app-error";
import { maskEmail } from "@/lib/core/mask-email";
import { grantMachine } from "@/lib/draft/rules";
import { CLAIMED_GRANT_STATES, type GrantRefusal } from "@/lib/draft/states";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import { queueMail } from "@/lib/outbox/queue-mail";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { createConnectorContext } from "@/lib/vendor/create-connector-context";
import { settingsOf } from "@/lib/vendor/vendor-settings";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { findUsableLinkToken } from "./find-usable-link-token";

type Loaded = Awaited<ReturnType<typeof loadGrant>>;

/**
 * Asks the vendor whose request this is and what it covers, and decides what it means for the person who came back.
 * Reads only, so it may run twice. Passing trouble at the vendor is thrown, for the job to try again.
 */
export async function readGrant(context: WorkerContext, grantId: string): Promise<{ state: string }> {
  const loaded = await loadGrant(context, grantId);
  if (loaded.grant.state !== "reading") return { state: loaded.grant.state };
  const { connector, vendor } = await createConnectorContext(context, loaded.application.id);
  let reading: GrantReading;
  try {
    reading = await connector.completeGrant(vendor, loaded.grant.vendorRequest);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.isRetriable) throw error;
    return refuse(context, grantId, refusalOf(error));
  }
  const expected = settingsOf(loaded.application).vendorIntegrationId;
  if (expected && reading.vendorIntegrationId !== expected)
    return refuse(context, grantId, "other_integration");
  if (reading.expiresAt <= new Date()) return refuse(context, grantId, "expired");
  if (!reading.initiator.email) return refuse(context, grantId, "initiator_unknown");
  return claim(context, loaded, reading, reading.initiator.email);
}

/** Ends the reading when the vendor stays out of reach, so that the page can say so. */
export async function refuseGrant(context: WorkerContext, grantId: string, because: string): Promise<void> {
  context.log.warn({ grantId, because }, "a grant could not be read");
  await refuse(context, grantId, "unavailable");
}

async function loadGrant(context: WorkerContext, grantId: string) {
  return asSystem(context, "read grant", async (tx) => {
    const [row] = await tx
      .select({
        grant: grants,
        application: vendorApplications,
        userEmail: users.email,
        locale: users.locale,
        draftLinkToken: drafts.linkToken,
      })
      .from(grants)
      .leftJoin(drafts, eq(drafts.id, grants.draftId))
      .innerJoin(integrations, eq(integrations.id, grants.integrationId))
      .innerJoin(vendorApplications, eq(vendorApplications.id, integrations.vendorApplicationId))
      .innerJoin(users, eq(users.id, grants.userId))
      .where(eq(grants.id, grantId));
    if (!row) throw new AppError("not_found", "grant");
    return row;
  });
}

function refusalOf(error: ConnectorError): GrantRefusal {
  if (error.kind === "expired") return "expired";
  return error.kind === "not_found" ? "not_found" : "unavailable";
}

async function refuse(
  context: WorkerContext,
  grantId: string,
  because: GrantRefusal,
): Promise<{ state: string }> {
  await asSystem(context, "refuse grant", (tx) =>
    tx
      .update(grants)
      .set({
        state: grantMachine.advance("reading", "refuse"),
        refusedBecause: because,
        updatedAt: new Date(),
      })
      .where(and(eq(grants.id, grantId), eq(grants.state, "reading"))),
  );
  return { state: "refused" };
}

async function claim(
  context: WorkerContext,
  loaded: Loaded,
  reading: GrantReading,
  initiatorEmail: string,
): Promise<{ state: string }> {
  const { grant } = loaded;
  if (await isClaimed(context, grant)) return refuse(context, grant.id, "already_claimed");
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
          linkToken: loaded.draftLinkToken ?? (await findUsableLinkToken(tx, grant.integrationId)),
          expiresAt: reading.expiresAt,
          updatedAt: new Date(),
        })
        .where(and(eq(grants.id, grant.id), eq(grants.state, "reading")))
        .returning({ id: grants.id });
      if (changed.length === 0) return;
      await tx
        .insert(candidates)
        .values(
          reading.candidates.map((candidate) => ({
            ...candidate,
            grantId: grant.id,
            accountId: grant.accountId,
          })),
        )
        .onConflictDoNothing();
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
    if (isUniqueViolation(error, "grants_one_claim")) return refuse(context, grant.id, "already_claimed");
    throw error;
  }
  return { state: grantMachine.advance("reading", event) };
}

/** Whoever comes after the first claim gets nothing, and the initiator is not asked once more. */
async function isClaimed(context: WorkerContext, grant: Loaded["grant"]): Promise<boolean> {
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

/** A fresh consent takes the place of an older one of the same draft, which is released. */
async function releaseOlderGrants(tx: SystemTransaction, grantId: string, draftId: string): Promise<void> {
  const older = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.draftId, draftId), eq(grants.state, "open"), ne(grants.id, grantId)));
  for (const one of older) await enqueueEvent(tx, "grant/release.wanted", { grantId: one.id });
}
