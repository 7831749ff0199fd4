import type { z } from "zod";
import type { Stage } from "./context";

/** A right of the vendor's catalogue. `path` is the vendor's own name, e.g. `sales.customerRegister`. */
export type RightDefinition = {
  path: string;
  /** Levels from least to most, the vendor's own names; booleans are `false`/`true`. A limitation (true = less) has `limits: true`. */
  levels: readonly string[];
  limits?: boolean;
};

/** What the specification asks for the technical user. */
export type RightAsked = { path: string; level: string };

/** A limit as the vendor words it, with where it says so. */
type RequestLimit = { requestsPerSecond: number; source: string };

/**
 * A refusal of a consent that only this vendor knows: its words are `vendorReturn.refused.<code>` in the vendor's messages.
 * `needsOtherRights`: somebody with other rights at the vendor would get further.
 */
type RefusalDefinition = { needsOtherRights: boolean };

/** Fields of a vendor application, by name; each is made by `field` of `application-field.ts`. */
export type ApplicationFields = z.ZodObject<
  Record<string, z.ZodType<string | undefined, string | undefined>>
>;

export type ConnectorManifest = {
  id: string;
  /** The vendor system's own name, as customers know it. */
  name: string;
  baseUrls: Record<Stage, string>;
  rights: readonly RightDefinition[];
  /** `vendor`: the rights of a technical user are kept by the vendor. `portal`: it gives full access, and we limit ourselves. */
  rightsEnforcedBy: "vendor" | "portal";
  /** What the vendor counts by: the application's calls, and those for one environment. */
  limits: { application?: RequestLimit; environment?: RequestLimit };
  /** What the vendor application has to bring: forms, the import command and their checks are made from these. */
  application: {
    clientId: z.ZodType<string, string>;
    settings: ApplicationFields;
    secrets: ApplicationFields;
  };
  /** Ways in which the vendor sends invoices, each with words as `specification.requirements.<way>`. Left out where nothing checks them. */
  invoiceDelivery?: readonly string[];
  /** Where the customer picks environments. */
  selectsAt: "vendor" | "portal" | "both";
  refusals: Readonly<Record<string, RefusalDefinition>>;
  /** Headers of an inbound call that its verification needs, in lower case. */
  inboundHeaders: readonly string[];
};
