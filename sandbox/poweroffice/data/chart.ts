/** The part of every client's chart of accounts that sales are posted to, with the VAT code of each account. */
export const ACCOUNTS = [
  { Id: 3001, AccountNo: 3000, Name: "Salgsinntekt, avgiftspliktig", VatCode: "3", IsActive: true },
  { Id: 3002, AccountNo: 3010, Name: "Salgsinntekt, middels sats", VatCode: "31", IsActive: true },
  { Id: 3003, AccountNo: 3100, Name: "Salgsinntekt, avgiftsfri", VatCode: "5", IsActive: true },
  { Id: 3004, AccountNo: 3900, Name: "Annen driftsinntekt", VatCode: "3", IsActive: false },
] as const;

/** Codes of outgoing VAT by SAF-T; a rate is between 0 and 1. */
export const VAT_CODES = [
  { Id: 13, Code: "3", Name: "Utgående mva., høy sats", Rate: 0.25, ValidFrom: "2005-01-01", IsActive: true },
  {
    Id: 14,
    Code: "31",
    Name: "Utgående mva., middels sats",
    Rate: 0.15,
    ValidFrom: "2012-01-01",
    IsActive: true,
  },
  {
    Id: 15,
    Code: "5",
    Name: "Innenlands omsetning, fritatt",
    Rate: 0,
    ValidFrom: "2005-01-01",
    IsActive: true,
  },
] as const;

export const PAYMENT_TERMS = [
  { Id: 501, Name: "14 dager", CreditDays: 14, IsDefault: true, IsActive: true },
  { Id: 502, Name: "30 dager", CreditDays: 30, IsDefault: false, IsActive: true },
  { Id: 503, Name: "90 dager", CreditDays: 90, IsDefault: false, IsActive: false },
] as const;

/** Where a product is posted that has no account, nor a group with one. */
export const DEFAULT_SALES_ACCOUNT = 3000;
export const CURRENCIES = ["NOK", "EUR", "SEK", "DKK"];
