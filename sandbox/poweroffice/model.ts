/** A client of PowerOffice Go: one company's books. */
export type Client = {
  id: string;
  name: string;
  organizationNumber: string;
  /** Names of the Go modules that it pays for, e.g. `Accounting`. */
  subscriptions: string[];
  /** Somebody there has blocked the integration. */
  isBlocked: boolean;
  /** Registered in ELMA, to receive invoices as EHF. */
  isInElma: boolean;
  numberSeries: NumberSeries[];
  products: Product[];
  customers: Customer[];
};

/** A record of a client's books with the names of the vendor's document; what the stand-in does not look at is kept as it came. */
export type Stored = { Id: number | string } & Record<string, unknown>;

/** What is in a client's books now: those that it began with, and what was written since. */
export type Books = {
  nextId: number;
  customers: Stored[];
  products: Stored[];
  productGroups: Stored[];
  /** With their lines. An order that was sent is an invoice of the same id. */
  salesOrders: Stored[];
  invoices: Stored[];
};

export type NumberSeries = { id: string; name: string; from: number; to: number; isDefault: boolean };
export type Product = { id: number; code: string; name: string; salesAccount: number | null };
type Customer = {
  id: number;
  number: number;
  name: string;
  organizationNumber: string | null;
  invoiceEmail: string | null;
  deliveryType: "PdfByEmail" | "Print" | "EHF";
};

/** Somebody who logs in to Go; `clientIds` are those where this user may see "Settings → Organization". */
export type User = { email: string; fullName: string; description: string; clientIds: string[] };

/** An integration as the vendor registered it. */
export type Application = {
  applicationKey: string;
  name: string;
  /** As roles are written in tokens, e.g. `Customer_Full`. */
  privileges: string[];
  /** Whitelisted by the vendor: domain and path; the query is free. */
  redirectUris: string[];
};

/** The integration on one client. Removed ones stay, so that their keys are known to be dead. */
export type ClientIntegration = {
  clientId: string;
  applicationKey: string;
  clientKey: string;
  isActive: boolean;
  /** Somebody unticked "Aktiv" in Go: the key works no more, until it is ticked again. */
  isSwitchedOff?: boolean;
};

/** What `Onboarding/Initiate` began. */
export type Onboarding = {
  token: string;
  applicationKey: string;
  organizationNumber: string | null;
  redirectUri: string;
  validUntilMs: number;
  /** Who logged in. */
  userEmail: string | null;
};

/** What a return carries back, to be traded once. */
export type OnboardingToken = {
  token: string;
  applicationKey: string;
  userEmail: string;
  clientIds: string[];
  validUntilMs: number;
  isUsed: boolean;
};

/** Its privileges are those of the moment in which it was made. */
export type AccessToken = { clientKey: string; expiresAtMs: number; granted: string[] };

export const RETURN_STATUSES = [
  "Success",
  "Canceled",
  "ClientNotFound",
  "NoClientAccess",
  "IntegrationBlocked",
] as const;
