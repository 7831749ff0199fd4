import { expect, type Page } from "@playwright/test";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { acceptTerms } from "@/lib/activation/draft/accept-terms";
import { consentOf, listConsentsOfDraft } from "@/lib/activation/draft/consents";
import { type DraftRow, findOpenDraft, getPick } from "@/lib/activation/draft/queries";
import { selectEnvironments } from "@/lib/activation/draft/select-environments";
import { beginConsent } from "@/lib/activation/grant/begin-consent";
import { returnFromVendor } from "@/lib/activation/grant/return-from-vendor";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import { findLink } from "@/lib/catalogue/integration/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { withDatabase } from "./database";
import { type Consent, makeConsent } from "./flow";
import type { Integration } from "./integration";
import { giveSession } from "./sign-in";

type Act = <T>(work: (tx: ScopedTransaction<"customer">) => Promise<T>) => Promise<T>;

async function accept(act: Act, viewer: Viewer, linkToken: string): Promise<IntegrationView> {
  return act(async (tx) => {
    const link = await findLink(tx, linkToken, "en");
    if (link.kind === "dead") throw new Error(`the link is ${link.view.why}`);
    const { id: specificationId, contentHash } = link.view.specification;
    await acceptTerms(tx, viewer, link.view, {
      specificationId,
      contentHash,
      acceptedAt: new Date(),
    });
    return link.view;
  });
}

async function getDraft(tx: ScopedTransaction<"customer">, integrationId: string): Promise<DraftRow> {
  return (await findOpenDraft(tx, integrationId)) ?? Promise.reject(new Error("no open draft"));
}

/** Ticks what the consent covers, and submits; returns the id of the request. */
async function submitPick(act: Act, viewer: Viewer, view: IntegrationView): Promise<string> {
  await act(async (tx) => {
    const draft = await getDraft(tx, view.integrationId);
    const consent = consentOf(await listConsentsOfDraft(tx, draft.id), new Date());
    if (consent.state !== "open") throw new Error(`the consent is ${consent.state}`);
    const { options } = await getPick(tx, draft, consent, view.specification.content.cap);
    await selectEnvironments(
      tx,
      viewer,
      draft,
      options.map(({ candidateId }) => candidateId),
    );
  });
  return act(async (tx) => submitActivationRequest(tx, viewer, await getDraft(tx, view.integrationId), view));
}

/**
 * A submitted request over all of the person's companies, on the page that follows the button. Acceptance, consent, pick
 * and submission are made as the pages make them, without the walk through the pages: for journeys about what comes next.
 */
export async function submitAll(page: Page, integration: Integration, consent: Consent) {
  const viewer = await giveSession(page, consent.person.email);
  const linkToken = new URL(integration.link).pathname.split("/").at(-1) ?? "";
  const { accountId, userId } = viewer;
  const scope = { kind: "customer", accountId, userId, linkHash: sha256(linkToken) } as const;
  return withDatabase(async (database) => {
    const act: Act = (work) => withScope(database, scope, work);
    const view = await accept(act, viewer, linkToken);
    await act(async (tx) => beginConsent(tx, viewer, await getDraft(tx, view.integrationId)));
    const { requestId: vendorRequestId } = await makeConsent(integration, consent);
    const returned = {
      kind: "request",
      slug: integration.slug,
      vendorRequest: String(vendorRequestId),
    } as const;
    await act((tx) => returnFromVendor(tx, viewer, returned));
    const readState = () =>
      act(
        async (tx) => (await listConsentsOfDraft(tx, (await getDraft(tx, view.integrationId)).id))[0]?.state,
      );
    await expect.poll(readState, { intervals: [100] }).toBe("open");
    const requestId = await submitPick(act, viewer, view);
    const hasSteps = view.specification.content.partnerSteps.kind !== "none";
    await page.goto(`/requests/${requestId}${hasSteps ? "/partner-steps" : ""}`);
    return { vendorRequestId, requestId };
  });
}
