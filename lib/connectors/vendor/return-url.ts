import type { VendorApplication } from "@/lib/connectors/context";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** Where the vendor sends the customer back to: the application's own address, or that of the integration here. */
export function makeReturnUrl(
  { publicUrl }: Pick<WorkerContext, "publicUrl">,
  { redirectUri }: Pick<VendorApplication, "redirectUri">,
  slug: string,
): URL {
  return new URL(redirectUri ?? `${publicUrl}/connect/${slug}/return`);
}
