/** States of a tenant, as `GET /api/state/{ctx}` words them. */
export const TENANT_STATES = [
  "Unknown",
  "Provisioning",
  "Running",
  "Deleted",
  "Suspended",
  "OnlineMaintenance",
  "OfflineMaintenance",
  "ProvisioningFailed",
  "Deleting",
  "DeleteFailed",
  "MigrationPending",
] as const;
export type TenantState = (typeof TENANT_STATES)[number];

/** Whether the application may act in a tenant; the names of `AuthorizeErrorCode` are derived from it. */
export type Approval = "none" | "active" | "revoked" | "expired" | "needs_reapproval";

/** One company's CRM. */
export type Tenant = {
  /** Its context identifier, e.g. `Cust12345`. */
  id: string;
  name: string;
  state: TenantState;
  /** The host that serves it, here the first part of the path. It moves. */
  host: string;
  approval: Approval;
  /** Made with the approval, and another one with the next approval after a revocation. */
  systemToken: string | null;
};

/** What a person is in a tenant. A consultant works there for a partner of the vendor and approves nothing. */
export type Role = "administrator" | "user" | "consultant";

/** Somebody with a SuperID. */
export type User = { email: string; fullName: string; description: string; roles: Record<string, Role> };

/** The application as the vendor registered it. */
export type Application = {
  clientId: string;
  name: string;
  clientSecret: string;
  /** PEM of its certificate's public key. */
  publicKey: string;
  redirectUri: string;
  /** Where an administrator is led who uninstalls it. */
  uninstallUrl: string;
};

/** A sign-in that is under way. */
export type SignIn = {
  id: string;
  redirectUri: string;
  state: string;
  nonce: string;
  codeChallenge: string;
  /** From `acr_values=tenant:…`: the picker is left out. */
  tenantId: string | null;
  loginHint: string | null;
  userEmail: string | null;
};

export type Code = {
  code: string;
  signIn: SignIn;
  tenantId: string;
  userEmail: string;
  expiresAtMs: number;
  isUsed: boolean;
};

/** A key of the vendor that signs tokens; `privateKey` is PEM. */
export type SigningKey = { kid: string; privateKey: string };

/** What opens a tenant's API for its system user; each use lets it live on. */
export type Ticket = { ticket: string; tenantId: string; usedAtMs: number };

/** A user-defined field (`UserDefinedFieldInfo`), as far as the stand-in has it. */
export type UserField = {
  UDefFieldId: number;
  ColumnId: number;
  FieldLabel: string;
  FieldType: string;
  IsIndexed: boolean;
  IsMandatory: boolean;
  IsReadOnly: boolean;
  Type: string;
  ProgId: string;
  TabOrder: number;
  TextLength: number;
  Tooltip: string;
  UdefIdentity: number;
  Version: number;
  HasBeenPublished: boolean;
};

/** The user-defined fields of one entity: as they are being changed, and as they are used. */
export type UserLayout = {
  draft: UserField[];
  published: UserField[];
  hasChanges: boolean;
  nextId: number;
};
