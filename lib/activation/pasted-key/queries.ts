import { and, eq, ne } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  integrations,
  partners,
  pastedKeys,
  specifications,
  vendorApplications,
} from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { toRightView } from "@/lib/activation/draft/technical-user-view";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import { canTakeKey, isFirstCheckDue } from "@/lib/connection/lifecycle/rules";
import { toVendorApplication } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import type { Viewer } from "@/lib/people/account/schema";
import type { PasteTarget } from "./paste-key";
import { type ReadKey, readPastedKey } from "./read-pasted-key";
import { canLogInForKey } from "./rules";
import type { ActivationToRecover, PastedKeyView, PasteGuide } from "./schema";

/** What a customer needs to make a key by hand. Throws `not_found` where the vendor has no such keys. */
export async function getPasteGuide(
  tx: RequestTransaction,
  integrationId: string,
  content: ShownContent,
): Promise<PasteGuide> {
  const [row] = await tx
    .select({
      connector: integrations.connector,
      slug: integrations.slug,
      partnerName: partners.name,
      application: {
        stage: vendorApplications.stage,
        clientId: vendorApplications.clientId,
        settings: vendorApplications.settings,
      },
    })
    .from(integrations)
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .innerJoin(vendorApplications, eq(vendorApplications.id, integrations.vendorApplicationId))
    .where(eq(integrations.id, integrationId));
  if (!row) throw new AppError("not_found", "integration");
  const { manifest, pastedKey } = getConnector(row.connector);
  if (!pastedKey) throw new AppError("not_found", "no key can be pasted for this vendor");
  const application = toVendorApplication(row.application);
  return {
    connector: connectorOf(row.connector),
    integrationName: content.name,
    partnerName: row.partnerName,
    supportEmail: content.support.email,
    applicationKey: pastedKey.enteredAtVendor(application),
    canLogIn: pastedKey.login !== undefined && canLogInForKey(application, row.slug),
    language: content.languages.technicalUser,
    rights: content.technicalUser.rights.map((right) => toRightView(right, manifest.rights)),
  };
}

/** The key in what was pasted, as keys of this vendor look, before anybody is asked. */
export function readKeyOf(connectorId: string, pasted: string): ReadKey {
  const pattern = getConnector(connectorId).pastedKey?.pattern;
  return pattern ? readPastedKey(pasted, pattern) : { problem: "key" };
}

/** A key that this person pasted for the target; null for anybody else's and any other target's. */
export async function findPastedKey(
  tx: RequestTransaction,
  viewer: Viewer,
  target: PasteTarget,
  pastedKeyId: string,
): Promise<PastedKeyView | null> {
  const isTarget =
    "draftId" in target
      ? eq(pastedKeys.draftId, target.draftId)
      : eq(pastedKeys.activationId, target.activationId);
  const [row] = await tx
    .select({
      id: pastedKeys.id,
      state: pastedKeys.state,
      refusedBecause: pastedKeys.refusedBecause,
      finding: pastedKeys.finding,
      vendorAnswer: pastedKeys.vendorAnswer,
    })
    .from(pastedKeys)
    .where(and(eq(pastedKeys.id, pastedKeyId), eq(pastedKeys.userId, viewer.userId), isTarget));
  return row ?? null;
}

/** The account's activation whose key is asked for again, its guide in the reader's language. Throws `not_found` outside the account. */
export async function getActivationToRecover(
  tx: RequestTransaction,
  activationId: string,
  locale: Locale,
): Promise<ActivationToRecover> {
  const [row] = await tx
    .select({
      activation: activations,
      connection: {
        state: connections.state,
        attention: connections.attention,
        stateSince: connections.stateSince,
        verifiedAt: connections.verifiedAt,
      },
      content: specifications.content,
    })
    .from(activations)
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .leftJoin(
      connections,
      and(eq(connections.activationId, activations.id), ne(connections.state, "removed")),
    )
    .where(eq(activations.id, activationId));
  if (!row) throw new AppError("not_found", "activation");
  const { activation, connection } = row;
  return {
    activationId,
    integrationId: activation.integrationId,
    requestId: activation.requestId,
    environmentName: activation.environmentName,
    businessId: activation.businessId,
    isWanted: canTakeKey(activation, connection),
    isChecking: connection !== null && isFirstCheckDue(connection),
    guide: await getPasteGuide(tx, activation.integrationId, readShown(row.content, locale)),
  };
}
