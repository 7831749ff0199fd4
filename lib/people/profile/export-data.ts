import { asc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { integrationName } from "@/db/integration-name";
import {
  accounts,
  activationRequests,
  activations,
  candidates,
  connections,
  connectionUpdates,
  drafts,
  grants,
  integrations,
  invitations,
  outboxMails,
  partnerApplications,
  partnerMembers,
  partners,
  requestGuests,
  sessions,
  specifications,
  termsAcceptances,
  updateAcceptances,
  users,
} from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import { listAccounts, listMembers } from "@/lib/people/membership/queries";
import { writeAudit } from "@/lib/platform/audit/write-audit";

type Customer = ScopedTransaction<"customer">;

/**
 * Everything that the person's own scopes show of them and of their accounts, for a download: times in ISO, no secrets,
 * since those scopes hold none. Recorded in each account.
 */
export async function exportData(database: Database, viewer: Viewer) {
  const choices = await withScope(database, { kind: "auth" }, (tx) => listAccounts(tx, viewer));
  const exported = [];
  for (const { id: accountId } of choices) {
    const member = { ...viewer, accountId };
    exported.push(
      await withScope(database, { kind: "customer", ...member }, (tx) => exportAccount(tx, member)),
    );
  }
  const person = await withScope(database, { kind: "customer", ...viewer }, (tx) => exportPerson(tx, viewer));
  const memberOf = await withScope(database, { kind: "auth" }, (tx) => exportPartners(tx, viewer));
  return {
    exportedAt: new Date().toISOString(),
    person: { ...person, partners: memberOf },
    accounts: exported,
  };
}

async function exportPerson(tx: Customer, viewer: Viewer) {
  const [user] = await tx
    .select({ id: users.id, email: users.email, language: users.locale, createdAt: users.createdAt })
    .from(users)
    .where(eq(users.id, viewer.userId));
  const signedIn = await tx
    .select({ since: sessions.createdAt, until: sessions.expiresAt })
    .from(sessions)
    .orderBy(asc(sessions.createdAt));
  const applications = await tx
    .select({
      name: partnerApplications.name,
      state: partnerApplications.state,
      reason: partnerApplications.reason,
      askedAt: partnerApplications.createdAt,
    })
    .from(partnerApplications)
    .orderBy(asc(partnerApplications.id));
  return { ...user, sessions: signedIn, partnerApplications: applications };
}

/** The partners that the person works for; what a partner's rows say is the partner's. */
function exportPartners(tx: ScopedTransaction<"auth">, { userId }: Viewer) {
  return tx
    .select({ name: partners.name, role: partnerMembers.role, since: partnerMembers.createdAt })
    .from(partnerMembers)
    .innerJoin(partners, eq(partners.id, partnerMembers.partnerId))
    .where(eq(partnerMembers.userId, userId))
    .orderBy(asc(partners.name));
}

async function exportAccount(tx: Customer, viewer: Viewer) {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, viewer.accountId));
  const asked = await tx
    .select({
      email: invitations.email,
      state: invitations.state,
      invitedAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      endedAt: invitations.endedAt,
    })
    .from(invitations)
    .orderBy(asc(invitations.id));
  const exported = {
    ...account,
    members: (await listMembers(tx, viewer)).map(({ email, since }) => ({ email, since })),
    invitations: asked,
    guests: await tx
      .select({
        email: users.email,
        draftId: requestGuests.draftId,
        since: requestGuests.createdAt,
        endedAt: requestGuests.endedAt,
      })
      .from(requestGuests)
      .innerJoin(users, eq(users.id, requestGuests.userId))
      .orderBy(asc(requestGuests.id)),
    drafts: await exportDrafts(tx),
    vendorConsents: await exportVendorConsents(tx),
    requests: await exportRequests(tx),
    connections: await exportConnections(tx),
    updates: await exportUpdates(tx),
    mails: await tx
      .select({ kind: outboxMails.kind, about: outboxMails.subjectId, sentAt: outboxMails.sentAt })
      .from(outboxMails)
      .orderBy(asc(outboxMails.id)),
  };
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "account.export",
    subject: { kind: "account", id: viewer.accountId },
  });
  return exported;
}

async function exportDrafts(tx: Customer) {
  const rows = await tx
    .select({ draft: drafts, integration: integrationName(null) })
    .from(drafts)
    .innerJoin(specifications, eq(specifications.id, drafts.specificationId))
    .orderBy(asc(drafts.id));
  return rows.map(({ draft, integration }) => ({
    integration,
    state: draft.state,
    acceptedAt: draft.acceptedAt,
    createdAt: draft.createdAt,
    updatedAt: draft.updatedAt,
  }));
}

/** What the account's people consented to at vendors; what somebody else asked for there is shown once it is confirmed. */
async function exportVendorConsents(tx: Customer) {
  const offered = await tx.select().from(candidates).orderBy(asc(candidates.name));
  const rows = await tx
    .select({
      id: grants.id,
      connector: grants.connector,
      keysFrom: grants.keysFrom,
      state: grants.state,
      refusedBecause: grants.refusedBecause,
      vendorAnswer: grants.vendorAnswer,
      withoutKey: grants.withoutKey,
      initiatorName: grants.initiatorName,
      createdAt: grants.createdAt,
      expiresAt: grants.expiresAt,
    })
    .from(grants)
    .orderBy(asc(grants.id));
  return rows.map(({ id, ...consent }) => ({
    ...consent,
    environments: offered
      .filter(({ grantId }) => grantId === id)
      .map(({ name, businessId, externalId, pickedAt, preflightFindings, preflightForeseen }) => ({
        name,
        businessId,
        vendorId: externalId,
        pickedAt,
        findings: preflightFindings,
        foreseen: preflightForeseen,
      })),
  }));
}

async function exportRequests(tx: Customer) {
  const rows = await tx
    .select({
      request: activationRequests,
      integration: integrationName(null),
      specificationVersion: specifications.version,
      termsVersion: sql<string>`${specifications.content} -> 'terms' ->> 'version'`,
      partner: partners.name,
      connector: integrations.connector,
      acceptance: termsAcceptances,
    })
    .from(activationRequests)
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(partners, eq(partners.id, activationRequests.partnerId))
    .leftJoin(termsAcceptances, eq(termsAcceptances.requestId, activationRequests.id))
    .orderBy(asc(activationRequests.id));
  const environments = await exportActivations(tx);
  return rows.map(
    ({ request, acceptance, integration, specificationVersion, termsVersion, partner, connector }) => ({
      id: request.id,
      integration,
      partner,
      connector,
      specificationVersion,
      state: request.state,
      submittedAt: request.submittedAt,
      notifiedEmail: request.notifiedEmail,
      settings: request.settings,
      formAnswers: request.formAnswers,
      partnersReference: request.customerRef,
      decidedAt: request.decidedAt,
      settledAt: request.settledAt,
      acceptance: acceptance && {
        email: acceptance.acceptedEmail,
        at: acceptance.acceptedAt,
        termsVersion,
        contentHash: acceptance.contentHash,
        language: acceptance.language,
        structureHash: acceptance.structureHash,
        languageHash: acceptance.languageHash,
      },
      environments: environments.get(request.id) ?? [],
    }),
  );
}

async function exportActivations(tx: Customer) {
  const rows = await tx.select().from(activations).orderBy(asc(activations.environmentName));
  const byRequest = new Map<string, object[]>();
  for (const row of rows) {
    const environment = {
      name: row.environmentName,
      businessId: row.businessId,
      vendorId: row.externalId,
      state: row.state,
      since: row.stateSince,
      failureReason: row.failureReason,
      rejectionReason: row.rejectionReason,
      vendorAnswer: row.vendorAnswer,
    };
    byRequest.set(row.requestId, [...(byRequest.get(row.requestId) ?? []), environment]);
  }
  return byRequest;
}

async function exportConnections(tx: Customer) {
  const rows = await tx
    .select({
      connection: connections,
      activation: activations,
      specificationVersion: specifications.version,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .orderBy(asc(connections.id));
  return rows.map(({ connection, activation, specificationVersion }) => ({
    environment: activation.environmentName,
    businessId: activation.businessId,
    request: activation.requestId,
    specificationVersion,
    state: connection.state,
    attention: connection.attention,
    since: connection.createdAt,
    checkedAt: connection.verifiedAt,
  }));
}

/** Later versions that somebody of the account accepted, each with the connections that followed it. */
async function exportUpdates(tx: Customer) {
  const rows = await tx
    .select({
      acceptance: updateAcceptances,
      integration: integrationName(null),
      specificationVersion: specifications.version,
      termsVersion: sql<string>`${specifications.content} -> 'terms' ->> 'version'`,
      partner: partners.name,
    })
    .from(updateAcceptances)
    .innerJoin(specifications, eq(specifications.id, updateAcceptances.specificationId))
    .innerJoin(partners, eq(partners.id, updateAcceptances.partnerId))
    .orderBy(asc(updateAcceptances.id));
  const followed = await tx
    .select({ acceptanceId: connectionUpdates.acceptanceId, environment: activations.environmentName })
    .from(connectionUpdates)
    .innerJoin(connections, eq(connections.id, connectionUpdates.connectionId))
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .orderBy(asc(connectionUpdates.id));
  return rows.map(({ acceptance, ...row }) => ({
    ...row,
    email: acceptance.acceptedEmail,
    at: acceptance.acceptedAt,
    contentHash: acceptance.contentHash,
    language: acceptance.language,
    structureHash: acceptance.structureHash,
    languageHash: acceptance.languageHash,
    environments: followed
      .filter(({ acceptanceId }) => acceptanceId === acceptance.id)
      .map(({ environment }) => environment),
  }));
}
