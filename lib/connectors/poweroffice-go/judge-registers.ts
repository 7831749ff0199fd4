import type { Finding, PreflightNeeds } from "@/lib/connectors/preflight";
import { formatRange, subtractRanges } from "./number-ranges";
import type { Customer, NumberSeries, OrganizationSettings, Product } from "./schemas";

/** No finding when it is about nothing. */
export function toFinding(
  code: Finding["code"],
  subjects: string[],
  { isBlocking = true, found = [], answer = null }: Partial<Omit<Finding, "code" | "subjects">> = {},
): Finding[] {
  return subjects.length === 0 ? [] : [{ code, isBlocking, subjects, found, answer }];
}

/** Go refuses a customer whose number no series of the client covers, and numbers others from its standard series. */
export function judgeNumbers(
  wanted: PreflightNeeds["customerNumbers"],
  series: readonly NumberSeries[],
): Finding[] {
  const ranges = series.map(({ FromInclusive, ToInclusive }) => ({ from: FromInclusive, to: ToInclusive }));
  const found = ranges.map(formatRange);
  if (wanted)
    return toFinding("numbers_outside_series", subtractRanges(wanted, ranges).map(formatRange), { found });
  return series.some(({ IsDefault }) => IsDefault)
    ? []
    : toFinding("series_missing", ["Customer"], { found });
}

/** A product's VAT follows its sales account, which may be its group's. */
export function judgeProducts(codes: readonly string[], rows: readonly Product[]): Finding[] {
  const byCode = new Map(rows.map((row) => [row.Code, row]));
  const withoutAccount = codes.filter((code) => {
    const product = byCode.get(code);
    return product && !product.StandardSalesAccount && !product.ProductGroupCode;
  });
  return [
    ...toFinding(
      "product_missing",
      codes.filter((code) => !byCode.has(code)),
    ),
    ...toFinding("product_without_account", withoutAccount),
  ];
}

/** Enough to begin with; a client may have thousands, and their names are kept no more than needed. */
const NAMED_CUSTOMERS = 20;

/** Customers whose invoices could not be delivered in the way that is registered for them. */
export function judgeCustomers(rows: readonly Customer[]): Finding[] {
  const namesOf = (deliveryType: string, lacks: (row: Customer) => boolean): string[] =>
    rows
      .filter((row) => !row.IsArchived && row.InvoiceDeliveryType === deliveryType && lacks(row))
      .map((row) => row.Name ?? String(row.Number ?? ""))
      .slice(0, NAMED_CUSTOMERS);
  const isWarning = { isBlocking: false };
  return [
    ...toFinding(
      "email_missing",
      namesOf("PdfByEmail", (row) => row.InvoiceEmailAddress === null && row.EmailAddress === null),
      isWarning,
    ),
    ...toFinding(
      "ehf_without_organization_number",
      namesOf("EHF", (row) => row.OrganizationNumber === null),
      isWarning,
    ),
  ];
}

/** Whether the client itself is registered in ELMA, the Norwegian register of receivers of EHF. */
export function judgeElma(settings: OrganizationSettings | null): Finding[] {
  return settings?.InvoiceInboxEhf === false ? toFinding("ehf_not_registered", ["ELMA"]) : [];
}
