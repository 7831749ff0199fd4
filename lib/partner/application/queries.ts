import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { applicationTrials, integrations, users, vendorApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import {
  listApplicationFields,
  listPartnerFields,
  toVendorApplication,
} from "@/lib/connectors/application-field";
import type { Connector } from "@/lib/connectors/connector";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { makeReturnUrl } from "@/lib/connectors/vendor/return-url";
import { AppError } from "@/lib/core/app-error";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { hasCustomers } from "./put-into-use";
import { fieldName } from "./read-form";
import { judgeApplication } from "./rules";
import type { ApplicationFieldView, ApplicationRow, ApplicationView, TrialView } from "./schema";

type Partner = ScopedTransaction<"partner">;
type Row = typeof vendorApplications.$inferSelect;

const HISTORY = 10;

/** What a partner may have an application of. */
export const listConnectorChoices = (): { id: string; name: string }[] =>
  CONNECTOR_IDS.map((id) => ({ id, name: getConnector(id).manifest.name }));

/** The form of a new application. Throws `not_found` for a connector that there is none of. */
export function describeNewApplication(connector: string): {
  connectorName: string;
  fields: ApplicationFieldView[];
} {
  if (!CONNECTOR_IDS.some((id) => id === connector)) throw new AppError("not_found", "connector");
  const { manifest } = getConnector(connector);
  return { connectorName: manifest.name, fields: toFields(manifest, null, []) };
}

/** Names of the secrets that an application has. */
export async function listSecretNames(tx: Partner, applicationId: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(
    sql`select name from kytkin.application_secrets(${applicationId}::uuid) order by name`,
  );
  return rows.map(({ name }) => name);
}

export async function listApplications(tx: Partner): Promise<ApplicationRow[]> {
  const rows = await tx
    .select()
    .from(vendorApplications)
    .orderBy(vendorApplications.connector, desc(vendorApplications.stage), vendorApplications.clientId)
    .limit(200);
  const views: ApplicationRow[] = [];
  for (const row of rows) views.push(await toRow(tx, row));
  return views;
}

/** Throws `not_found`. */
export async function getApplicationConnector(tx: Partner, id: string): Promise<Connector> {
  return getConnector((await getRow(tx, id)).connector);
}

/** Everything that its page shows. Throws `not_found`. */
export async function getApplication(tx: Partner, id: string, publicUrl: string): Promise<ApplicationView> {
  const row = await getRow(tx, id);
  const { manifest, applicationChecks } = getConnector(row.connector);
  const secrets = await listSecretNames(tx, id);
  const trials = await listTrials(tx, row, manifest);
  const current = trials.find(({ state }) => state !== "discarded") ?? null;
  return {
    ...(await toRow(tx, row)),
    fields: toFields(manifest, row, secrets),
    standIn: row.settings.apiBaseUrl ?? null,
    canBeTried: applicationChecks !== undefined,
    isClientIdFixed: await hasCustomers(tx, id),
    current,
    history: trials.filter((trial) => trial !== current),
    returnAddresses: await listReturnAddresses(tx, row, publicUrl),
  };
}

async function getRow(tx: Partner, id: string): Promise<Row> {
  const [row] = await tx.select().from(vendorApplications).where(eq(vendorApplications.id, id));
  if (!row) throw new AppError("not_found", "vendor application");
  return row;
}

async function toRow(tx: Partner, row: Row): Promise<ApplicationRow> {
  const { manifest } = getConnector(row.connector);
  const present = await listSecretNames(tx, row.id);
  const [trial] = await tx
    .select({ kind: applicationTrials.kind, state: applicationTrials.state })
    .from(applicationTrials)
    .where(and(eq(applicationTrials.vendorApplicationId, row.id), ne(applicationTrials.state, "discarded")))
    .orderBy(desc(applicationTrials.updatedAt))
    .limit(1);
  const isComplete = listApplicationFields(manifest).every(
    ({ name, isSecret, isRequired }) => !isSecret || !isRequired || present.includes(name),
  );
  const using = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.vendorApplicationId, row.id));
  const ids = new Set(using.map(({ id }) => id));
  return {
    id: row.id,
    connectorName: manifest.name,
    stage: row.stage,
    clientId: row.clientId,
    state: judgeApplication({ isComplete, isProven: row.provenAt !== null, trial: trial ?? null }),
    provenAt: row.provenAt?.toISOString() ?? null,
    usedBy:
      ids.size === 0
        ? []
        : (await listIntegrations(tx)).flatMap(({ id, name }) => (ids.has(id) ? [name] : [])),
  };
}

function toFields(
  manifest: ConnectorManifest,
  row: Row | null,
  present: readonly string[],
): ApplicationFieldView[] {
  return listPartnerFields(manifest).map((field) => ({
    name: fieldName(field.name, field.isSecret),
    title: field.title,
    help: field.help,
    whereToFind: field.whereToFind ?? null,
    placeholder: field.placeholder ?? null,
    replacing: field.replacing ?? null,
    isRequired: field.isRequired,
    isSecret: field.isSecret,
    isMultiline: field.isMultiline ?? false,
    value: field.isSecret
      ? null
      : field.name === "clientId"
        ? (row?.clientId ?? null)
        : (row?.settings[field.name] ?? null),
    isThere: field.isSecret && present.includes(field.name),
  }));
}

/** The newest ones, with the titles of what they replace. */
async function listTrials(tx: Partner, row: Row, manifest: ConnectorManifest): Promise<TrialView[]> {
  const titles = new Map(listApplicationFields(manifest).map(({ name, title }) => [name, title]));
  const trials = await tx
    .select({
      id: applicationTrials.id,
      kind: applicationTrials.kind,
      state: applicationTrials.state,
      checks: applicationTrials.checks,
      failure: applicationTrials.failure,
      vendorAnswer: applicationTrials.vendorAnswer,
      replaces: applicationTrials.replaces,
      updatedAt: applicationTrials.updatedAt,
      requestedBy: users.email,
    })
    .from(applicationTrials)
    .leftJoin(users, eq(users.id, applicationTrials.requestedBy))
    .where(eq(applicationTrials.vendorApplicationId, row.id))
    .orderBy(desc(applicationTrials.updatedAt))
    .limit(HISTORY + 1);
  return trials.map(({ updatedAt, replaces, ...trial }) => ({
    ...trial,
    replaces: replaces.map((name) => titles.get(name) ?? name),
    at: updatedAt.toISOString(),
  }));
}

/** One for each integration, or the one that is entered as registered. */
async function listReturnAddresses(tx: Partner, row: Row, publicUrl: string): Promise<string[]> {
  const application = toVendorApplication(row);
  const using = await tx
    .select({ slug: integrations.slug })
    .from(integrations)
    .where(inArray(integrations.vendorApplicationId, [row.id]));
  const addresses = using.map(({ slug }) => makeReturnUrl({ publicUrl }, application, slug).href);
  return [...new Set(addresses)];
}
