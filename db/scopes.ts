/** The roles that every read and write goes through. Each is a NOLOGIN role entered with `SET LOCAL ROLE`. */
export const SCOPES = [
  "public",
  "auth",
  "customer",
  "guest",
  "partner",
  "operator",
  "gateway",
  "intake",
  "system",
] as const;
export type ScopeName = (typeof SCOPES)[number];

export const WEB_SCOPES = [
  "public",
  "auth",
  "customer",
  "guest",
  "partner",
  "operator",
] as const satisfies ScopeName[];
export const GATEWAY_SCOPES = ["gateway"] as const satisfies ScopeName[];
export const INTAKE_SCOPES = ["intake"] as const satisfies ScopeName[];
export const WORKER_SCOPES = ["system"] as const satisfies ScopeName[];

export const roleOf = (scope: ScopeName): string => `kytkin_scope_${scope}`;
export const OWNER_LOGIN = "kytkin_owner";
export const WEB_LOGIN = "kytkin_web";
export const GATEWAY_LOGIN = "kytkin_gateway";
export const INTAKE_LOGIN = "kytkin_intake";
export const WORKER_LOGIN = "kytkin_worker";
