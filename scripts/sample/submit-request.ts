import { z } from "zod";
import { type ScopedTransaction, withScope } from "../../db/scope";
import { acceptTerms } from "../../lib/activation/draft/accept-terms";
import { consentOf, listConsentsOfDraft } from "../../lib/activation/draft/consents";
import { type DraftRow, findOpenDraft, getPick } from "../../lib/activation/draft/queries";
import { selectEnvironments } from "../../lib/activation/draft/select-environments";
import { beginConsent } from "../../lib/activation/grant/begin-consent";
import { returnFromVendor } from "../../lib/activation/grant/return-from-vendor";
import { answerPartnerForm } from "../../lib/activation/request/answer-partner-form";
import { submitActivationRequest } from "../../lib/activation/request/submit-activation-request";
import { findLink } from "../../lib/catalogue/integration/queries";
import type { IntegrationView } from "../../lib/catalogue/integration/schema";
import { sha256 } from "../../lib/core/hash";
import type { Viewer } from "../../lib/people/account/schema";
import { createUser } from "../../lib/people/auth/create-user";
import { atVendor, type Company, type World, waitFor } from "./world";

type Act = <T>(work: (tx: ScopedTransaction<"customer">) => Promise<T>) => Promise<T>;
export type Customer = { viewer: Viewer; act: Act };
export type Link = { token: string; slug: string };

/** The vendor lets such a consent stand for so long, so that a person may decide on another day. */
const CONSENT_SECONDS = 7 * 86_400;

/** The person of an address, with an account of its own, in the scope that its browser would have. */
export async function enterAsCustomer(
  { database }: World,
  email: string,
  linkToken?: string,
): Promise<Customer> {
  const { id: userId } = await createUser(database, { email, locale: "en" });
  const [membership] = await database.sql<{ account_id: string }[]>`
    select account_id from memberships where user_id = ${userId}`;
  if (!membership) throw new Error(`${email} has no account`);
  const accountId = membership.account_id;
  const linkHash = linkToken === undefined ? undefined : sha256(linkToken);
  return {
    viewer: { userId, email, accountId, sessionId: "", locale: "en", isOperator: false },
    act: (work) => withScope(database, { kind: "customer", accountId, userId, linkHash }, work),
  };
}

/** What a customer does from the link to the button that submits, with the verbs that the pages call. Gives the request's id. */
export async function submitRequest(
  world: World,
  email: string,
  link: Link,
  companies: readonly Company[],
): Promise<string> {
  const { viewer, act } = await enterAsCustomer(world, email, link.token);
  const view = await act((tx) => accept(tx, viewer, link.token));
  await act(async (tx) => beginConsent(tx, viewer, await getDraft(tx, view)));
  const vendorRequest = await consentAtVendor(world, email, link, companies);
  await act((tx) => returnFromVendor(tx, viewer, { kind: "request", slug: link.slug, vendorRequest }));
  await waitFor(`the consent of ${email}`, () =>
    act(async (tx) => {
      const { id } = await getDraft(tx, view);
      return (await listConsentsOfDraft(tx, id))[0]?.state === "open" ? true : null;
    }),
  );
  await act((tx) => pickAll(tx, viewer, view));
  return act(async (tx) => {
    const requestId = await submitActivationRequest(tx, viewer, await getDraft(tx, view), view);
    // In the same transaction: no process waits for an answer that is there already.
    if (view.specification.content.partnerSteps.kind === "form")
      await answerPartnerForm(tx, viewer, requestId, { account_id: "Sample", contact_email: email });
    return requestId;
  });
}

async function accept(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  token: string,
): Promise<IntegrationView> {
  const link = await findLink(tx, token, "en");
  if (link.kind === "dead") throw new Error(`the link is ${link.view.why}`);
  const { id: specificationId, contentHash } = link.view.specification;
  await acceptTerms(tx, viewer, link.view, { specificationId, contentHash, acceptedAt: new Date() });
  return link.view;
}

async function getDraft(
  tx: ScopedTransaction<"customer">,
  { integrationId }: IntegrationView,
): Promise<DraftRow> {
  const draft = await findOpenDraft(tx, integrationId);
  if (!draft) throw new Error("no open draft");
  return draft;
}

const consentSchema = z.object({ requestId: z.number() });

async function consentAtVendor(world: World, email: string, { slug }: Link, companies: readonly Company[]) {
  const made = await atVendor(world, "requests", {
    vendorIntegrationId: slug,
    personaEmail: email,
    companyIds: companies.map(({ id }) => id),
    lifetimeSeconds: CONSENT_SECONDS,
  });
  return String(consentSchema.parse(made).requestId);
}

async function pickAll(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  view: IntegrationView,
): Promise<void> {
  const draft = await getDraft(tx, view);
  const consent = consentOf(await listConsentsOfDraft(tx, draft.id), new Date());
  if (consent.state !== "open") throw new Error(`the consent is ${consent.state}`);
  const { options } = await getPick(tx, draft, consent, view.specification.content.cap);
  const ids = options.map(({ candidateId }) => candidateId);
  await selectEnvironments(tx, viewer, draft, ids);
}
