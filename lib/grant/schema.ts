import { z } from "zod";
import type { GrantRefusal } from "@/lib/draft/states";

/** What the vendor's callback brought, sealed into a short-lived cookie between its GET and our page. */
export const vendorReturn = z.object({ slug: z.string().max(80), vendorRequest: z.string().min(1).max(80) });
export type VendorReturn = z.infer<typeof vendorReturn>;

/** The states of the page that the customer comes back to. */
export type VendorReturnView =
  | { state: "reading"; grantId: string; connectorName: string }
  | {
      state: "confirm";
      grantId: string;
      connectorName: string;
      integrationName: string;
      viewerEmail: string;
      initiatorName: string | null;
      companies: { name: string | null; externalId: string; businessId: string | null }[];
    }
  | {
      state: "awaiting_initiator";
      grantId: string;
      connectorName: string;
      maskedEmail: string;
      expiresAt: string | null;
    }
  | { state: "refused"; connectorName: string; integrationName: string; code: GrantRefusal }
  | { state: "done"; linkToken: string };
