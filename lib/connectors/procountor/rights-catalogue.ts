import type { RightDefinition } from "@/lib/connectors/manifest";

const LEVELS = ["NOT_ENABLED", "NO_ACCESS", "VIEWING_RIGHTS", "ALL_RIGHTS"] as const;

/** Leaves of `UserPrivileges.rights`, Procountor API 26.04, in the vendor's order. */
const ACCESS: Record<string, readonly string[]> = {
  management: [
    "basicCompanyInfo",
    "basicAccountingInfo",
    "chartOfAccountsAndDefaultReports",
    "usersAndUserRights",
    "companyUserManagement",
    "setUpACompany",
    "importData",
    "notifications",
    "incomesRegisterCertificate",
    "groupLetter",
    "auditLog",
  ],
  user: ["editPersonalInfo"],
  sales: ["salesOrGroupInvoices", "salesInvoiceSearch", "customerRegister", "productRegister"],
  purchases: [
    "purchaseInvoices",
    "purchaseInvoiceSearch",
    "supplierRegister",
    "productRegister",
    "fixedAssetsRegister",
  ],
  travelAndExpenses: ["travelAndExpenseInvoices", "travelAndExpenseInvoiceSearch"],
  invoiceCirculation: ["verification", "approval"],
  salaries: ["payroll", "personRegister", "workingTimeTracking"],
  payments: [
    "payment",
    "salaryPayments",
    "markAsPaid",
    "markSalaryAsPaid",
    "directBankTransfer",
    "bankStatementAndReferencePayment",
    "paymentAllocation",
  ],
  accounting: [
    "journalReceipts",
    "journalReceiptSearch",
    "closingOfAccountTools",
    "accountingReports",
    "archive",
  ],
};

/** Every boolean of the vendor's catalogue takes something away from the user when it is true. */
const LIMITATIONS: Record<string, readonly string[]> = {
  user: ["limitedDimensions", "blockSoloLoginToProcountor"],
  sales: ["personalSalesInvoicesOnly"],
  purchases: ["personalPurchaseInvoicesOnly"],
  travelAndExpenses: ["personalTravelAndExpenseInvoiceOnly"],
  invoiceCirculation: ["personalApprovalsOrVerificationsOnly"],
  salaries: ["personalSalariesOnly", "personalWorkHourTrackingOnly"],
  accounting: [
    "personalJournalReceiptsOnly",
    "preventCreatingEditingInvoices",
    "preventEditingAccountingPage",
  ],
};

function listPaths(groups: Record<string, readonly string[]>): string[] {
  return Object.entries(groups).flatMap(([group, leaves]) => leaves.map((leaf) => `${group}.${leaf}`));
}

export const rightsCatalogue: readonly RightDefinition[] = [
  ...listPaths(ACCESS).map((path) => ({ path, levels: LEVELS })),
  ...listPaths(LIMITATIONS).map((path) => ({ path, levels: ["false", "true"], limits: true })),
];

/** The limitation "Allow only M2M login to API": its holder cannot use the vendor's own screens. */
export const M2M_LOGIN_ONLY = "user.blockSoloLoginToProcountor";
