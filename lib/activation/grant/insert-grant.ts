import { uuidv7 } from "uuidv7";
import { grants } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/people/account/schema";

type NewGrant = Pick<
  typeof grants.$inferInsert,
  "integrationId" | "connector" | "stage" | "draftId" | "keysFrom" | "state" | "vendorRequest"
>;

/** A grant of this person; one without a request of the vendor's is named by its own id. null when it is there already. */
export async function insertGrant(
  tx: RequestTransaction,
  viewer: Viewer,
  grant: Omit<NewGrant, "vendorRequest"> & { vendorRequest?: string },
): Promise<string | null> {
  const id = uuidv7();
  const owner = { accountId: viewer.accountId, userId: viewer.userId };
  const [made] = await tx
    .insert(grants)
    .values({ vendorRequest: id, ...grant, ...owner, id })
    .onConflictDoNothing()
    .returning({ id: grants.id });
  return made?.id ?? null;
}
