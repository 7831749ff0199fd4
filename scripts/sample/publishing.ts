import { withScope } from "../../db/scope";
import { DEMO_PARTNER_SLUG } from "../../lib/core/demo";
import { randomToken, sha256 } from "../../lib/core/hash";
import { askToJoin } from "../../lib/partner/join/ask-to-join";
import { findMember } from "../../lib/partner/organization/queries";
import { beginDraft, findDraft } from "../../lib/partner/specification/begin-draft";
import { getOwnIntegration } from "../../lib/partner/specification/find-integration";
import { saveDraft } from "../../lib/partner/specification/save-draft";
import { submitSpecification } from "../../lib/partner/specification/submit-specification";
import { createUser } from "../../lib/people/auth/create-user";
import { enterAsCustomer, type Link } from "./submit-request";
import type { World } from "./world";

const SAMPLE_LABEL = "Sample";
const SLUGS = {
  automatic: "esimerkki-orders",
  form: "esimerkki-receipts",
  page: "esimerkki-reports",
} as const;
export type SampleLinks = Record<keyof typeof SLUGS, Link>;

/** Links of the sample's own: the partner's console tells its requests from others by them. */
export async function ensureSampleLinks({ database }: World): Promise<SampleLinks> {
  const ensure = async (slug: string): Promise<Link> => {
    const token = randomToken(16);
    await database.sql`
      insert into activation_links (id, integration_id, partner_id, label, token, token_hash)
      select gen_random_uuid(), id, partner_id, ${SAMPLE_LABEL}, ${token}, ${sha256(token)} from integrations where slug = ${slug}`;
    return { token, slug };
  };
  return {
    automatic: await ensure(SLUGS.automatic),
    form: await ensure(SLUGS.form),
    page: await ensure(SLUGS.page),
  };
}

/** An organization asks to become a partner. */
export async function askToJoinAsPartner(world: World): Promise<void> {
  const { viewer, act } = await enterAsCustomer(world, "founder@example.com");
  const application = {
    name: "Kuvitteellinen Kassa Oy",
    businessId: "9000013-5",
    websiteUrl: "https://kassa.example",
    message: "A sample: we make a cash register, and would like its sales to reach Procountor every evening.",
  };
  await act((tx) => askToJoin(tx, viewer, application));
}

/** The partner asks for the review of a version with another price. */
export async function askForReview({ database }: World): Promise<void> {
  const { id: userId, email } = await createUser(database, {
    email: "partner-admin@example.com",
    locale: "en",
  });
  const member = await withScope(database, { kind: "auth" }, (tx) =>
    findMember(tx, { userId, email, locale: "en" }, DEMO_PARTNER_SLUG),
  );
  if (!member) throw new Error(`${email} is no member of the demo’s partner`);
  await withScope(database, { kind: "partner", partnerId: member.partnerId, userId }, async (tx) => {
    const integration = await getOwnIntegration(tx, member, SLUGS.form);
    await beginDraft(tx, member, integration);
    const draft = await findDraft(tx, integration.id);
    if (!draft) throw new Error("no draft was begun");
    const content = { ...draft.content, price: { ...draft.content.price, amountMinor: 590 } };
    const save = { content, revision: draft.revision, writer: "sample", sequence: 1 };
    const saved = await saveDraft(tx, member, integration, save);
    if (saved.kind !== "saved") throw new Error("the draft was changed meanwhile");
    await submitSpecification(tx, member, integration, {
      revision: saved.revision,
      note: "A sample: the price of a month goes from 4.90 to 5.90.",
    });
  });
}
