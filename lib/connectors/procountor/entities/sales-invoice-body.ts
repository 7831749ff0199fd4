import type { VendorRecord, WriteInput } from "@/lib/connectors/entity";
import { omitUndefined } from "@/lib/connectors/omit-undefined";
import { toCountryName } from "../countries";
import type { SalesInvoiceRow, SalesInvoiceSettings } from "./sales-invoice-fields";

type Input = WriteInput<SalesInvoiceRow, SalesInvoiceSettings>;

const DAY_MS = 86_400_000;

/** Every record of ours carries it in `notes`, which is not on the invoice itself: look-ups tell by it whose it is. */
const markLine = (mark: string): string => `Kytkin ${mark}`;
const ANY_MARK = /^Kytkin ([0-9a-f]{12})$/m;

/** null: the notes carry no mark, or a person took it out. */
export const readMark = (notes: string | null): string | null => ANY_MARK.exec(notes ?? "")?.[1] ?? null;

/** `Invoice` of API 26.04: unfinished, since nothing is sent, approved or booked by us. `notes` are those that are there. */
export function makeInvoiceBody(
  { row, settings, mark }: Input,
  { original, notes }: { original: VendorRecord | null; notes: string | null },
): Record<string, unknown> {
  const dueDate =
    row.dueDate ??
    new Date(Date.parse(row.date) + Number(settings.paymentTermDays) * DAY_MS).toISOString().slice(0, 10);
  const currency = row.currency ?? settings.currency;
  return omitUndefined({
    type: "SALES_INVOICE",
    date: row.date,
    originalInvoiceNumber: row.invoiceNumber,
    counterParty: makeCounterParty(row),
    paymentInfo: omitUndefined({
      paymentMethod: "BANK_TRANSFER",
      currency,
      dueDate,
      currencyRate: currency === settings.currency ? 1 : Number(row.currencyRate),
      bankAccount: settings.bankAccount && { accountNumber: settings.bankAccount },
      // Empty: the vendor makes one.
      bankReferenceCode: row.reference ?? "",
    }),
    extraInfo: {
      accountingByRow: settings.accountsOfProducts === "YES",
      unitPricesIncludeVat: settings.unitPricesIncludeVat === "YES",
    },
    discountPercent: 0,
    language: row.language ?? settings.language,
    vatStatus: Number(settings.vatStatus),
    invoiceChannel: row.channel ?? settings.channel,
    orderReference: row.orderReference,
    additionalInformation: makeMessage(row, settings, original),
    notes: readMark(notes) === mark ? notes : [notes, markLine(mark)].filter(Boolean).join("\n"),
    invoiceRows: row.lines.map((line) =>
      omitUndefined({
        product: line.product,
        productCode: line.productCode,
        quantity: Number(line.quantity),
        unit: line.unit ?? settings.unit,
        unitPrice: Number(line.unitPrice),
        discountPercent: Number(line.discountPercent ?? "0"),
        vatPercent: Number(line.vatPercent),
        comment: line.comment,
      }),
    ),
  });
}

function makeCounterParty(row: SalesInvoiceRow): Record<string, unknown> {
  return omitUndefined({
    contactPersonName: row.contactPerson,
    identifier: row.customerBusinessId,
    customerNumber: row.customerNumber,
    email: row.email,
    counterPartyAddress: omitUndefined({
      name: row.customerName,
      street: row.street,
      zip: row.postalCode,
      city: row.city,
      country: toCountryName(row.country ?? "FI") ?? "FINLAND",
    }),
    einvoiceAddress:
      row.eInvoiceAddress === undefined
        ? undefined
        : omitUndefined({ address: row.eInvoiceAddress, operator: row.eInvoiceOperator }),
  });
}

/** In the invoice's own language: what is refunded, by the vendor's number of it and the sender's. */
const CREDIT_NOTE: Record<SalesInvoiceSettings["language"], string> = {
  DANISH: "Kreditnota til faktura",
  ENGLISH: "Credit note for invoice",
  ESTONIAN: "Kreeditarve arvele",
  FINNISH: "Hyvityslasku laskulle",
  NORWEGIAN: "Kreditnota til faktura",
  SWEDISH: "Kreditnota för faktura",
};

function makeMessage(
  { creditOf, message, language }: SalesInvoiceRow,
  settings: SalesInvoiceSettings,
  original: VendorRecord | null,
): string | undefined {
  if (creditOf === undefined) return message;
  const numbers =
    original?.label && original.label !== creditOf ? `${original.label} (${creditOf})` : creditOf;
  return [`${CREDIT_NOTE[language ?? settings.language]} ${numbers}`, message].filter(Boolean).join("\n");
}
