import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { partnerMembers, partners, vendorApplications } from "@/db/schema";
import type { PartnerRole } from "@/lib/partner/organization/roles";
import { createUser } from "@/lib/people/auth/create-user";
import { withDatabase } from "./database";
import { makeAddress } from "./person";

/** A partner that no other test touches. */
export async function makePartner(name: string): Promise<{ slug: string; name: string }> {
  const slug = `partner-${randomBytes(5).toString("hex")}`;
  await withDatabase(({ orm }) =>
    orm.insert(partners).values({ slug, name, notifyEmail: `${slug}@partner.example` }),
  );
  return { slug, name };
}

/** Somebody new who works for the partner. */
export async function makeMember(slug: string, role: PartnerRole): Promise<string> {
  const email = makeAddress(role);
  await withDatabase(async (database) => {
    const { id: userId } = await createUser(database, { email, locale: "en" });
    const [partner] = await database.orm
      .select({ id: partners.id })
      .from(partners)
      .where(eq(partners.slug, slug));
    if (!partner) throw new Error(`no partner ${slug}`);
    await database.orm.insert(partnerMembers).values({ partnerId: partner.id, userId, role });
  });
  return email;
}

/** What Procountor gave the partner for its test stage, as far as pages show it. */
export async function makeApplication(slug: string): Promise<void> {
  await withDatabase(async ({ orm }) => {
    const [partner] = await orm.select({ id: partners.id }).from(partners).where(eq(partners.slug, slug));
    if (!partner) throw new Error(`no partner ${slug}`);
    await orm.insert(vendorApplications).values({
      partnerId: partner.id,
      connector: "procountor",
      stage: "test",
      clientId: `${slug}-client`,
      settings: {},
      limiterKey: `procountor:${slug}`,
    });
  });
}

/** Takes a member out behind the pages' back. */
export async function removeMember(email: string): Promise<void> {
  await withDatabase(async (database) => {
    const { id: userId } = await createUser(database, { email, locale: "en" });
    await database.orm.delete(partnerMembers).where(eq(partnerMembers.userId, userId));
  });
}
