import { and, eq } from "drizzle-orm";
import type { SystemTransaction } from "@/db/scope";
import { publishSpecification } from "@/lib/catalogue/integration/publish-specification";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { randomToken, sha256 } from "@/lib/core/hash";
import { addPartnerMember } from "@/lib/partner/organization/add-member";
import { API_KEY_SCOPES } from "@/lib/partner/organization/roles";
import { addOperator } from "@/lib/people/operator/add-operator";
import { storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import {
  activationLinks,
  apiKeys,
  integrations,
  partners,
  specificationReviews,
  specifications,
  vendorApplications,
} from "./schema";
import { type SeedIntegration, seedIntegrations } from "./seed-content";
import { goIntegration } from "./seed-content-go";
import { superofficeIntegration } from "./seed-content-superoffice";
import { type SeedSettings, vendorOf } from "./seed-vendor";

export type Seeded = { activationLinks: Record<string, string>; users: Record<string, { email: string }> };

/** The people of the sandbox; the portal makes their accounts when they sign in. */
const USERS = {
  accountant: { email: "accountant@example.com" },
  owner: { email: "owner@example.com" },
  viewer: { email: "viewer@example.com" },
  colleague: { email: "colleague@example.com" },
  partnerAdmin: { email: "partner-admin@example.com" },
  /** Runs the demo's installation. */
  operator: { email: "operator@example.com" },
};

/** Of the links that `npm start` tells; people and the sample make others. */
const LINK_LABEL = "Demo";

/** The demo's partner with its integrations, links and API key. May run at every start: what is there stays. */
export async function seed(context: WorkerContext, settings: SeedSettings): Promise<Seeded> {
  return asSystem(context, "seed", async (tx) => {
    const partnerId = await ensurePartner(tx);
    await ensureApiKey(tx, partnerId, settings.partnerApiKey);
    const links: Record<string, string> = {};
    for (const one of [...seedIntegrations(settings.partnerUrl), goIntegration, superofficeIntegration]) {
      const integrationId = await ensureIntegration(tx, context, partnerId, one, settings);
      if (!(await isPublishedByPerson(tx, integrationId)))
        await publishSpecification(tx, { id: integrationId, partnerId, slug: one.slug }, one.content);
      links[one.name] = `/a/${await ensureLink(tx, partnerId, integrationId)}`;
    }
    await addOperator(tx, USERS.operator.email);
    await addPartnerMember(tx, {
      partner: DEMO_PARTNER_SLUG,
      email: USERS.partnerAdmin.email,
      role: "owner",
    });
    return { activationLinks: links, users: USERS };
  });
}

async function ensurePartner(tx: SystemTransaction): Promise<string> {
  const values = {
    slug: DEMO_PARTNER_SLUG,
    name: "Esimerkki Software Oy",
    notifyEmail: "integrations@partner.example",
    supportEmail: "support@partner.example",
    incidentEmail: "incidents@partner.example",
    reviewEmail: "integrations@partner.example",
    websiteUrl: "https://partner.example",
    supportUrl: "https://partner.example/support",
    termsUrl: "https://partner.example/terms",
    privacyUrl: "https://partner.example/privacy",
  };
  await tx.insert(partners).values(values).onConflictDoNothing();
  const [row] = await tx
    .select({ id: partners.id })
    .from(partners)
    .where(eq(partners.slug, DEMO_PARTNER_SLUG));
  return required(row).id;
}

async function ensureApiKey(tx: SystemTransaction, partnerId: string, key: string): Promise<void> {
  const values = { partnerId, stage: "test", name: "Demo", prefix: key.slice(0, 8), keyHash: sha256(key) };
  const scopes = [...API_KEY_SCOPES];
  await tx
    .insert(apiKeys)
    .values({ ...values, scopes })
    // A key of an earlier start gets the scopes that came since.
    .onConflictDoUpdate({ target: apiKeys.keyHash, set: { scopes } });
}

async function ensureIntegration(
  tx: SystemTransaction,
  context: WorkerContext,
  partnerId: string,
  one: SeedIntegration,
  settings: SeedSettings,
): Promise<string> {
  const { connector, clientId, limiterKey, settings: vendorSettings, secrets } = vendorOf(one, settings);
  const key = { connector, stage: "test", clientId };
  const [application] = await tx
    .insert(vendorApplications)
    .values({ ...key, partnerId, settings: vendorSettings, limiterKey })
    .onConflictDoUpdate({
      target: [vendorApplications.connector, vendorApplications.stage, vendorApplications.clientId],
      // The stand-in's address may have changed since the last start.
      set: { settings: vendorSettings },
    })
    .returning({ id: vendorApplications.id });
  const vendorApplicationId = required(application).id;
  const owner = { kind: "vendor_application", id: vendorApplicationId } as const;
  for (const [name, value] of Object.entries(secrets))
    await storeSecret(tx, context.keys, owner, { name, value });
  await tx
    .insert(integrations)
    .values({
      partnerId,
      slug: one.slug,
      connector,
      stage: "test",
      vendorApplicationId,
      isListed: one.isListed,
      kind: one.kind,
    })
    .onConflictDoNothing();
  const [row] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.slug, one.slug));
  return required(row).id;
}

/** A version that was reviewed and published stays: the seed's own version would replace it at the next start. */
async function isPublishedByPerson(tx: SystemTransaction, integrationId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: specifications.id })
    .from(specifications)
    .innerJoin(specificationReviews, eq(specificationReviews.specificationId, specifications.id))
    .where(and(eq(specifications.integrationId, integrationId), eq(specifications.state, "published")));
  return row !== undefined;
}

async function ensureLink(tx: SystemTransaction, partnerId: string, integrationId: string): Promise<string> {
  const [existing] = await tx
    .select({ token: activationLinks.token })
    .from(activationLinks)
    .where(and(eq(activationLinks.integrationId, integrationId), eq(activationLinks.label, LINK_LABEL)))
    .limit(1);
  if (existing) return existing.token;
  const token = randomToken(16);
  await tx
    .insert(activationLinks)
    .values({ integrationId, partnerId, label: LINK_LABEL, token, tokenHash: sha256(token) });
  return token;
}

function required<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("the seed's own row is missing");
  return row;
}
