import type { TechnicalUser } from "../model";

export type Violation = { field?: string; message: string };

export type InvoiceRow = {
  product: string;
  productCode?: string;
  quantity: number;
  unit: string;
  unitPrice: number;
  discountPercent: number;
  vatPercent: number;
  comment?: string;
};

/** What a caller sends, as far as the stand-in looks at it; other documented fields are kept as they came. */
export type InvoiceInput = {
  type: string;
  date: string;
  counterParty: { counterPartyAddress: { name: string; country?: string } };
  paymentInfo: { currency: string; dueDate: string; currencyRate: number };
  extraInfo: { accountingByRow: boolean; unitPricesIncludeVat: boolean };
  discountPercent: number;
  invoiceRows: InvoiceRow[];
  invoiceChannel: string;
  originalInvoiceNumber?: string;
  notes?: string;
  additionalInformation?: string;
  version?: string;
};

type SumInfo = {
  currency: string;
  inAccountingCurrency: boolean;
  excludingVatTotal: number;
  vatSumTotal: number;
  invoiceSumTotal: number;
};

export type Invoice = {
  companyId: number;
  body: InvoiceInput & {
    id: number;
    invoiceNumber: number;
    status: string;
    version: string;
    creatorId: number;
    ledgerReceiptId: number;
    invoiceSumInfo: SumInfo[];
  };
};

const FIRST_NUMBER = 1000;
let lastVersionMs = 0;

/** A saved invoice: unfinished, numbered, summed up. Each row is rounded to cents, then they are added up. */
export function makeInvoice(
  input: InvoiceInput,
  {
    id,
    user,
    skewCents,
  }: { id: number; user: Pick<TechnicalUser, "userId" | "companyId">; skewCents: number },
): Invoice {
  return {
    companyId: user.companyId,
    body: {
      ...input,
      id,
      invoiceNumber: FIRST_NUMBER + id,
      status: "UNFINISHED",
      version: nextVersion(),
      creatorId: user.userId,
      ledgerReceiptId: 500_000 + id,
      invoiceSumInfo: [sumUp(input, skewCents)],
    },
  };
}

/** As a person marks it there; a change of an invoice makes another version of it. */
export function markPaid({ body }: Invoice): void {
  body.status = "MARKED_PAID";
  body.version = nextVersion();
}

/** No two versions alike: they tell changes apart. */
export function nextVersion(): string {
  lastVersionMs = Math.max(Date.now(), lastVersionMs + 1);
  return new Date(lastVersionMs).toISOString().replace("Z", "");
}

const cents = (amount: number): number => Math.round(Number((amount * 100).toFixed(4)));

function sumUp({ invoiceRows, extraInfo, paymentInfo }: InvoiceInput, skewCents: number): SumInfo {
  let net = 0;
  let vat = skewCents;
  for (const row of invoiceRows) {
    const price = row.quantity * row.unitPrice * (1 - row.discountPercent / 100);
    if (extraInfo.unitPricesIncludeVat) {
      const rowVat = cents((price * row.vatPercent) / (100 + row.vatPercent));
      net += cents(price) - rowVat;
      vat += rowVat;
    } else {
      net += cents(price);
      vat += cents((price * row.vatPercent) / 100);
    }
  }
  return {
    currency: paymentInfo.currency,
    inAccountingCurrency: paymentInfo.currency === "EUR",
    excludingVatTotal: net / 100,
    vatSumTotal: vat / 100,
    invoiceSumTotal: (net + vat) / 100,
  };
}
