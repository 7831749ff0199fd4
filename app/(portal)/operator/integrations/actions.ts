"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { INTEGRATION_KINDS } from "@/lib/catalogue/listing/kinds";
import { setListing } from "@/lib/catalogue/listing/set-listing";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

const PATH = "/operator/integrations";

const listing = z.object({ integrationId: z.uuid(), kind: z.enum(INTEGRATION_KINDS), isListed: z.boolean() });

/** Puts an integration into the public catalogue, or takes it out. */
export async function setListingAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("integration.list", PATH);
  const parsed = listing.safeParse({
    integrationId: data.get("integrationId"),
    kind: data.get("kind"),
    isListed: data.get("isListed") === "yes",
  });
  if (!parsed.success) return { status: "error", code: "invalid_input" };
  const result = await runAction(
    "integration.list",
    viewer,
    () => asOperator(viewer, (tx) => setListing(tx, viewer.userId, parsed.data)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath(PATH);
  return { status: "ok" };
}
