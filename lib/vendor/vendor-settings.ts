import type { vendorApplications } from "@/db/schema";
import type { VendorApplicationSettings } from "@/lib/connectors/context";

type VendorApplicationRow = typeof vendorApplications.$inferSelect;

/** The settings a connector sees; the row's JSON holds only what the partner set. No secrets. */
export function settingsOf(
  row: Pick<VendorApplicationRow, "stage" | "clientId" | "settings">,
): VendorApplicationSettings {
  const stage = row.stage === "production" ? "production" : "test";
  return { ...row.settings, stage, clientId: row.clientId };
}
