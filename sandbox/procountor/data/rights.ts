import type { Rights } from "../model";

/** Leaves of `UserPrivileges.rights` in the vendor's document 26.04, with what a new technical user holds of each. */
const TEMPLATE: Record<string, { levels: string; flags?: string }> = {
  management: {
    levels:
      "basicCompanyInfo basicAccountingInfo chartOfAccountsAndDefaultReports usersAndUserRights companyUserManagement setUpACompany importData notifications incomesRegisterCertificate groupLetter auditLog",
  },
  user: { levels: "editPersonalInfo", flags: "limitedDimensions blockSoloLoginToProcountor" },
  sales: {
    levels: "salesOrGroupInvoices salesInvoiceSearch customerRegister productRegister",
    flags: "personalSalesInvoicesOnly",
  },
  purchases: {
    levels: "purchaseInvoices purchaseInvoiceSearch supplierRegister productRegister fixedAssetsRegister",
    flags: "personalPurchaseInvoicesOnly",
  },
  travelAndExpenses: {
    levels: "travelAndExpenseInvoices travelAndExpenseInvoiceSearch",
    flags: "personalTravelAndExpenseInvoiceOnly",
  },
  invoiceCirculation: { levels: "verification approval", flags: "personalApprovalsOrVerificationsOnly" },
  salaries: {
    levels: "payroll personRegister workingTimeTracking",
    flags: "personalSalariesOnly personalWorkHourTrackingOnly",
  },
  payments: {
    levels:
      "payment salaryPayments markAsPaid markSalaryAsPaid directBankTransfer bankStatementAndReferencePayment paymentAllocation",
  },
  accounting: {
    levels: "journalReceipts journalReceiptSearch closingOfAccountTools accountingReports archive",
    flags: "personalJournalReceiptsOnly preventCreatingEditingInvoices preventEditingAccountingPage",
  },
};

/** Flags that every technical user gets: it logs in as a machine only. */
const FLAGS_SET = new Set(["user.blockSoloLoginToProcountor"]);

/** The body's `rights`: what is named in `held`, and nothing else. */
export function toRightsTree(held: Rights): Record<string, Record<string, string | boolean>> {
  return Object.fromEntries(
    Object.entries(TEMPLATE).map(([group, { levels, flags = "" }]) => {
      const access = levels.split(" ").map((leaf) => [leaf, held[`${group}.${leaf}`] ?? "NO_ACCESS"]);
      const limits = flags.split(" ").filter(Boolean);
      return [
        group,
        Object.fromEntries([...access, ...limits.map((leaf) => [leaf, isSet(`${group}.${leaf}`, held)])]),
      ];
    }),
  );
}

function isSet(path: string, held: Rights): boolean {
  return held[path] === undefined ? FLAGS_SET.has(path) : held[path] === "true";
}
