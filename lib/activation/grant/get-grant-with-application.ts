import { eq } from "drizzle-orm";
import { drafts, grants, integrations, users, vendorApplications } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type GrantWithApplication = Awaited<ReturnType<typeof getGrantWithApplication>>;

/** A grant with the vendor application of its integration and the person it belongs to. Throws `not_found`. */
export async function getGrantWithApplication(context: WorkerContext, grantId: string) {
  return asSystem(context, "read grant", async (tx) => {
    const [row] = await tx
      .select({
        grant: grants,
        slug: integrations.slug,
        application: vendorApplications,
        userEmail: users.email,
        locale: users.locale,
        draftLinkToken: drafts.linkToken,
      })
      .from(grants)
      .leftJoin(drafts, eq(drafts.id, grants.draftId))
      .innerJoin(integrations, eq(integrations.id, grants.integrationId))
      .innerJoin(vendorApplications, eq(vendorApplications.id, integrations.vendorApplicationId))
      .innerJoin(users, eq(users.id, grants.userId))
      .where(eq(grants.id, grantId));
    if (!row) throw new AppError("not_found", "grant");
    return row;
  });
}
