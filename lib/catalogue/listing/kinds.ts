/** What integrations are for, as the public catalogue is filtered by. */
export const INTEGRATION_KINDS = [
  "orders",
  "invoices",
  "purchases",
  "expenses",
  "payments",
  "payroll",
  "customers",
  "reporting",
  "documents",
  "other",
] as const;
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number];
