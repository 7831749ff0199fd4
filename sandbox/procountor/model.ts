/** `group.leaf` of the vendor's user rights → level. */
export type Rights = Record<string, string>;

/** What the vendor knows of an integration once its specification is approved. */
export type Integration = {
  id: string;
  clientId: string;
  /** Company that owns the API Integrator tool with this specification. */
  ownerCompanyId: number;
  name: string;
  summary: string;
  terms: string;
  callbackUrl: string;
  callbackParameter: string;
  technicalUser: { username: string; rights: Rights };
  pricing: string;
};

export type Company = {
  id: number;
  name: string;
  businessId: string;
  country: "FINLAND";
  productVersion: string;
  operationType: "PRODUCTION" | "CLOSED";
  accountingOffice: { id: number; name: string } | null;
};

/** A natural person who logs in; `companyIds` are those where this person has all rights to user management. */
export type Persona = { email: string; fullName: string; description: string; companyIds: number[] };

export type TechnicalUser = {
  userId: number;
  companyId: number;
  integrationId: string;
  username: string;
  role: string;
  rights: Rights;
  apiKey: string;
  isRevoked: boolean;
  /** Activated through the flow; false for a manual set-up. */
  isManaged: boolean;
};

type Decision = {
  at: string;
  approved: number[];
  rejected: { companyId: number; reason: string }[];
};

export type ActivationRequest = {
  id: number;
  integrationId: string;
  initiator: { email: string; fullName: string };
  companyIds: number[];
  createdAt: string;
  expiresAt: string;
  decision: Decision | null;
};

/** An M2M token: a key of the integrator's own company, or of a technical user. */
export type AccessToken = {
  clientId: string;
  companyId: number;
  /** null for the integrator's own user. */
  userId: number | null;
  apiKey: string;
  expiresAtMs: number;
};

/** Somebody logged in to have a key made. */
export type LoginCode = {
  clientId: string;
  redirectUri: string;
  companyId: number;
  role: string;
  expiresAtMs: number;
};

/** How far a person got in the vendor's dialog. */
export type ConsentFlow = {
  integrationId: string;
  personaEmail: string;
  initiatorEmail: string;
  companyIds: number[];
};

/** A record of a company's register; what the stand-in does not look at is kept as it came. */
export type Registered = {
  companyId: number;
  body: { id: number; version: string } & Record<string, unknown>;
};
