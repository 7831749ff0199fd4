import { desc, eq, sql } from "drizzle-orm";
import { partnerApplications, partners } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";
import type { ApplicationView, OwnApplicationView, PartnerOverview } from "./schema";

const SHOWN = 100;

/** The person's newest application; null when there is none. */
export async function findOwnApplication(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
): Promise<OwnApplicationView | null> {
  const [row] = await tx
    .select({
      state: partnerApplications.state,
      name: partnerApplications.name,
      reason: partnerApplications.reason,
      createdAt: partnerApplications.createdAt,
    })
    .from(partnerApplications)
    .where(eq(partnerApplications.userId, viewer.userId))
    .orderBy(desc(partnerApplications.id))
    .limit(1);
  if (!row) return null;
  const { createdAt, ...rest } = row;
  return { ...rest, askedAt: createdAt.toISOString() };
}

/** Applications that wait first, the oldest of them at the top, then those decided, the newest first. */
export async function listApplications(tx: ScopedTransaction<"operator">): Promise<ApplicationView[]> {
  const rows = await tx
    .select({
      application: partnerApplications,
      slug: partners.slug,
      email: sql<string | null>`kytkin.applicant_email(${partnerApplications.id})`,
    })
    .from(partnerApplications)
    .leftJoin(partners, eq(partners.id, partnerApplications.partnerId))
    .orderBy(
      sql`${partnerApplications.state} <> 'open'`,
      sql`case when ${partnerApplications.state} = 'open' then ${partnerApplications.createdAt} end`,
      desc(partnerApplications.id),
    )
    .limit(SHOWN);
  return rows.map(({ application, slug, email }) => ({
    id: application.id,
    name: application.name,
    businessId: application.businessId,
    websiteUrl: application.websiteUrl,
    message: application.message,
    state: application.state,
    reason: application.reason,
    askedAt: application.createdAt.toISOString(),
    decidedAt: application.decidedAt?.toISOString() ?? null,
    partnerSlug: slug,
    email,
  }));
}

/** The installation's partners by name. */
export async function listAllPartners(tx: ScopedTransaction<"operator">): Promise<PartnerOverview[]> {
  const rows = await tx
    .select({ slug: partners.slug, name: partners.name, createdAt: partners.createdAt })
    .from(partners)
    .orderBy(partners.name, partners.slug)
    .limit(500);
  return rows.map(({ createdAt, ...row }) => ({ ...row, since: createdAt.toISOString() }));
}
