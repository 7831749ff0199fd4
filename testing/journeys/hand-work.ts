import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import { canTakeKey, isLive } from "@/lib/connection/lifecycle/rules";
import { deactivateConnections } from "@/lib/connection/offboarding/deactivate-connections";
import { AppError } from "@/lib/core/app-error";
import { deactivateAsPartner } from "@/lib/partner/api/deactivate-as-partner";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, asPartner } from "../fixtures/account";
import { beginDraft, paste } from "../fixtures/pasted-key";
import type { KeyHistory } from "./key-history";
import type { JourneyVendor, Party } from "./vendor";

/** A customer makes a key for the first of these environments at the vendor and pastes it instead of a consent. */
export async function pasteForDraft(
  vendor: JourneyVendor,
  history: KeyHistory,
  viewer: Viewer,
  [environment]: readonly string[],
): Promise<void> {
  if (environment === undefined) return;
  const draftId = await beginDraft(vendor, viewer);
  await paste(vendor, viewer, { draftId }, await history.makeByHand(environment));
}

/** Of these environments' activations the newest that lacks a working key gets one that its customer made. */
export async function recoverOne(
  vendor: JourneyVendor,
  history: KeyHistory,
  party: Party,
  environments: readonly string[],
): Promise<void> {
  const rows = await listActivations(vendor, party, environments);
  const [found] = rows.filter(({ activation, connection }) => canTakeKey(activation, connection));
  if (!found) throw new AppError("not_found", "an activation that takes a key");
  const { id: activationId, externalId } = found.activation;
  const key = await history.makeByHand(externalId);
  await paste(vendor, getViewer(party, found.activation), { activationId }, key);
}

/** One customer ends all its connections to these environments at once. */
export async function deactivateSome(
  vendor: JourneyVendor,
  party: Party,
  environments: readonly string[],
): Promise<void> {
  const [first, ...others] = await listLive(vendor, party, environments);
  if (!first) throw new AppError("not_found", "a connection");
  const own = [first, ...others].filter(({ accountId }) => accountId === first.accountId);
  const wanted = { connectionIds: own.map(({ id }) => id), reason: null };
  const viewer = getViewer(party, first);
  await asCustomer(vendor.database, viewer, (tx) => deactivateConnections(tx, viewer, wanted));
}

/** The partner ends the newest connection to one of these environments. */
export async function endAsPartner(
  { database, integration: { caller }, ...vendor }: JourneyVendor,
  party: Party,
  environments: readonly string[],
): Promise<void> {
  const [newest] = await listLive({ database, ...vendor }, party, environments);
  if (!newest) throw new AppError("not_found", "a connection");
  await asPartner(database, caller, (tx) =>
    deactivateAsPartner(tx, caller, newest.id, "The agreement has ended."),
  );
}

async function listLive(
  vendor: Pick<JourneyVendor, "database">,
  party: Party,
  environments: readonly string[],
) {
  const rows = await listActivations(vendor, party, environments);
  return rows.flatMap(({ connection }) => (connection && isLive(connection.state) ? [connection] : []));
}

function listActivations(
  { database }: Pick<JourneyVendor, "database">,
  { viewers }: Party,
  environments: readonly string[],
) {
  const accountIds = viewers.map(({ accountId }) => accountId);
  return database.admin.orm
    .select({ activation: activations, connection: connections })
    .from(activations)
    .leftJoin(
      connections,
      and(eq(connections.activationId, activations.id), ne(connections.state, "removed")),
    )
    .where(
      and(inArray(activations.accountId, accountIds), inArray(activations.externalId, [...environments])),
    )
    .orderBy(desc(activations.id));
}

function getViewer({ viewers }: Party, owned: { accountId: string }): Viewer {
  const viewer = viewers.find(({ accountId }) => accountId === owned.accountId);
  if (!viewer) throw new AppError("not_found", "account");
  return viewer;
}
