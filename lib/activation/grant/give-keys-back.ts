import { and, eq, inArray } from "drizzle-orm";
import { activations, candidates, grants } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { IN_FLIGHT_STATES } from "@/lib/activation/request/rules";
import { blameOf } from "@/lib/connectors/blame";
import { issuesKeys } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { AppError } from "@/lib/core/app-error";
import { openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { findOtherOwner } from "./find-other-owner";
import type { GrantWithApplication } from "./get-grant-with-application";
import {
  endHolding,
  type GrantedKey,
  isMadeByHand,
  type KeyGrantingVendor,
  listHeldKeys,
  openGrantedKey,
} from "./granted-keys";
import { replaceDeadKey } from "./replace-dead-key";
import { grantMachine } from "./rules";

/**
 * Gives back every key of a grant that will not be activated: what was not picked, was rejected, timed out, cancelled or
 * abandoned. One that somebody else has a right to is kept, and of one that the customer made and pasted only our copy
 * goes: it is the customer's own. May run at any time and twice; passing trouble is thrown once all keys had their turn, and a refusal
 * is noted at the key, for a person to look at.
 */
export async function giveKeysBack(context: WorkerContext, loaded: GrantWithApplication): Promise<void> {
  const due = await asSystem(context, "list keys to give back", async (tx) => {
    await endOpenGrant(tx, loaded.grant.id);
    return listDueKeys(tx, loaded.grant.id);
  });
  const isOfCustomer = (key: GrantedKey) => isMadeByHand(loaded.grant.keysFrom, key);
  await forget(context, due.filter(isOfCustomer));
  const issued = due.filter((key) => !isOfCustomer(key));
  if (issued.length === 0) return;
  const { connector, vendor } = await createConnectorContext(
    context,
    loaded.application.id,
    loaded.grant.accountId,
  );
  if (!issuesKeys(connector)) throw new AppError("misconfigured", "the consent issued no keys");
  let trouble: ConnectorError | null = null;
  for (const key of issued) {
    try {
      await giveBack(context, loaded, key, { connector, vendor });
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      // Trouble of the partner's application is one task of its own, not one for each key.
      if (error.isRetriable || blameOf(error) === "application") trouble = error;
      else await noteRefusal(context, loaded.grant.integrationId, key, error);
    }
  }
  if (trouble) throw trouble;
}

async function forget(context: WorkerContext, pasted: readonly GrantedKey[]): Promise<void> {
  if (pasted.length === 0) return;
  await asSystem(context, "forget pasted key", async (tx) => {
    for (const key of pasted) await endHolding(tx, key, "release");
  });
}

async function endOpenGrant(tx: SystemTransaction, grantId: string): Promise<void> {
  await tx
    .update(grants)
    .set({ state: grantMachine.advance("open", "release"), updatedAt: new Date() })
    .where(and(eq(grants.id, grantId), eq(grants.state, "open")));
}

/** Of a submitted grant, what is not on its way to a connection; of one that has ended, everything. */
async function listDueKeys(tx: SystemTransaction, grantId: string): Promise<GrantedKey[]> {
  const [grant] = await tx.select({ state: grants.state }).from(grants).where(eq(grants.id, grantId));
  const held = await listHeldKeys(tx, grantId);
  if (grant?.state === "reading") return [];
  const wanted = await tx
    .select({ externalId: activations.externalId })
    .from(activations)
    .where(and(eq(activations.grantId, grantId), inArray(activations.state, [...IN_FLIGHT_STATES])));
  const inFlight = new Set(wanted.map(({ externalId }) => externalId));
  return held.filter(({ externalId }) => !inFlight.has(externalId));
}

async function giveBack(
  context: WorkerContext,
  loaded: GrantWithApplication,
  held: GrantedKey,
  keyVendor: KeyGrantingVendor,
): Promise<void> {
  const vendorApplicationId = loaded.application.id;
  const { key, owner } = await asSystem(context, "decide about granted key", async (tx) => {
    const opened = await openGrantedKey(tx, context, held);
    const found = await findOtherOwner(tx, context, vendorApplicationId, held, opened.secret);
    if (found.kind === "same_key") await endHolding(tx, held, "keep");
    return { key: opened, owner: found };
  });
  if (owner.kind === "same_key") return;
  if (owner.kind === "connection_with_another_key") {
    const healing = { connectionId: owner.connectionId, vendorApplicationId, held, key };
    if (await replaceDeadKey(context, healing, keyVendor)) return;
    // The connection was ended meanwhile and has no right to the key any more: who has is asked anew.
    return giveBack(context, loaded, held, keyVendor);
  }
  const isBack = (await keyVendor.connector.consent.giveBack(keyVendor.vendor, key)) === "given_back";
  await asSystem(context, "end granted key", (tx) => endHolding(tx, held, isBack ? "release" : "leave"));
}

async function noteRefusal(
  context: WorkerContext,
  integrationId: string,
  key: GrantedKey,
  error: ConnectorError,
): Promise<void> {
  context.log.error(
    { grantId: key.grantId, candidateId: key.id, err: error },
    "a key could not be given back",
  );
  await asSystem(context, "note refused release", async (tx) => {
    await tx
      .update(candidates)
      .set({ releaseFailedAt: new Date(), releaseAnswer: error.answer })
      .where(eq(candidates.id, key.id));
    await openTask(tx, {
      kind: "release_refused",
      subjectId: key.id,
      integrationId,
      vendorAnswer: error.answer,
    });
  });
}
