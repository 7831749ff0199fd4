import type { RightAsked, RightDefinition } from "@/lib/connectors/manifest";

const READ = "Read";
const FULL = "Full";

/** A privilege of its own, which is no role: `ClientIntegrationInformation.AllowSendInvoice`. */
const SEND_INVOICE = "AllowSendInvoice";

/** Roles that the vendor's endpoints ask for ("Auth roles" of its specification, April 2025); each also as `…_Full`. */
const ROLES = [
  "AccountTransaction",
  "CommonServices",
  "ContactDeliveryAddress",
  "ContactGroup",
  "ContactPerson",
  "CustomDimension",
  "Customer",
  "CustomerLedger",
  "Department",
  "Employee",
  "GeneralLedgerAccount",
  "IncomingInvoice",
  "JournalEntryVoucher",
  "Location",
  "OutgoingInvoice",
  "Product",
  "Project",
  "SalesOrderAttachment",
  "SalesOrders",
  "Supplier",
  "SupplierLedger",
  "TrialBalance",
  "VoucherDocumentation",
] as const;

/** Roles that exist as `…_Full` alone. */
const WRITE_ONLY_ROLES = [
  "BankVoucher",
  "CashVoucher",
  "ManualVoucher",
  "OutgoingInvoiceVoucher",
  "VoucherApproval",
] as const;

export const rightsCatalogue: readonly RightDefinition[] = [
  ...ROLES.map((path) => ({ path, levels: [READ, FULL] })),
  ...WRITE_ONLY_ROLES.map((path) => ({ path, levels: [FULL] })),
  { path: SEND_INVOICE, levels: ["false", "true"] },
];

const FULL_SUFFIX = "_Full";

/** `Customer_Full` → Customer at the level Full. */
function toRight(privilege: string): RightAsked {
  return privilege.endsWith(FULL_SUFFIX)
    ? { path: privilege.slice(0, -FULL_SUFFIX.length), level: FULL }
    : { path: privilege, level: READ };
}

/** The vendor's list of privileges as rights, the sending of invoices among them when the vendor tells of it. */
export function toRights(privileges: readonly string[], maySendInvoice: boolean | null): RightAsked[] {
  const roles = privileges.map(toRight);
  return maySendInvoice === null ? roles : [...roles, { path: SEND_INVOICE, level: String(maySendInvoice) }];
}

/** Whether the held level does for the asked one. */
export function isEnough(asked: string, held: string | undefined): boolean {
  return held === asked || (asked === READ && held === FULL) || (asked === "false" && held === "true");
}
