import type { Stage, VendorApplicationSettings } from "./context";

/** A right of the vendor's catalogue. `path` is the vendor's own name, e.g. `sales.customerRegister`. */
export type RightDefinition = {
  path: string;
  /** Levels from least to most, the vendor's own names; booleans are `false`/`true`. A limitation (true = less) has `limits: true`. */
  levels: readonly string[];
  limits?: boolean;
};

/** What the specification asks for the technical user. */
export type RightAsked = { path: string; level: string };

export type ConnectorManifest = {
  id: string;
  /** The vendor system's own name, as customers know it. */
  name: string;
  baseUrls: Record<Stage, string>;
  rights: readonly RightDefinition[];
  limits: { requestsPerSecond: number; source: string };
  /** What the vendor application has to bring, by name; without these no consent can be begun. */
  application: { settings: readonly string[]; secrets: readonly string[] };
  capabilities: {
    /** Where the customer picks environments. */
    selectsAt: "vendor" | "portal" | "both";
    keysIssuedAt: "grant" | "activation" | "paste";
    decision: "perEnvironment" | "allAtOnce";
    grantReusable: boolean;
    /** Its API can end what a key stands for; otherwise the customer has to. */
    canRevoke: boolean;
    canListCustomers: boolean;
    /** The vendor's return carries a state of ours. */
    returnsState: boolean;
    /** What an environment lacks can be read with the consent's key, before the request is submitted. */
    checksBeforehand: boolean;
    /** Where the customer's browser goes for the consent: an address from the settings, or one asked of the vendor each time. */
    consentAddress: "fixed" | "requested";
    /** What a key looks like that a customer made by hand and may paste; null where none can be made. */
    pastedKey: RegExp | null;
    /** A login page of the vendor makes such a key, where the application's return address is registered with it. */
    keyLogin: boolean;
  };
  /** What a customer enters at the vendor to make a key by hand for this application; null when it is listed by name there. */
  enteredForKey(application: VendorApplicationSettings): string | null;
  /** Whether the reason of a rejection fits what the vendor takes. */
  acceptsReason(reason: string): boolean;
};
