import type { InvoiceInput, InvoiceRow, Violation } from "../data/invoice";

type Company = { closedUntil: string | null; vatPercents: readonly number[] };
type Read = { invoice: InvoiceInput } | { violations: Violation[] };
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), value);

/** Fields without which nothing is saved, as the vendor's document has them. */
const REQUIRED = [
  "type",
  "date",
  "counterParty.counterPartyAddress.name",
  "paymentInfo.paymentMethod",
  "paymentInfo.currency",
  "paymentInfo.dueDate",
  "paymentInfo.currencyRate",
  "extraInfo.accountingByRow",
  "extraInfo.unitPricesIncludeVat",
  "discountPercent",
  "invoiceChannel",
  "language",
  "vatStatus",
];
const REQUIRED_OF_ROW = ["product", "quantity", "unit", "unitPrice", "discountPercent", "vatPercent"];
const LONGEST: Record<string, number> = {
  originalInvoiceNumber: 40,
  orderReference: 70,
  "counterParty.counterPartyAddress.name": 80,
};
export const CHANNELS = ["EMAIL", "MAIL", "ELECTRONIC_INVOICE", "NO_SENDING"];
/** What the vendor's character set has beyond Latin 1. */
const WINDOWS_1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/** A body of `POST /invoices`, or everything that is wrong with it: codes and prose, as the vendor mixes them. */
export function readInvoice(body: unknown, company: Company): Read {
  if (!isObject(body)) return { violations: [{ message: "The request body is not valid JSON." }] };
  const violations = [
    ...REQUIRED.filter((path) => isBlank(at(body, path))).map(blank),
    ...findBadRows(body.invoiceRows, company),
    ...findBadValues(body, company),
  ];
  return violations.length > 0 ? { violations } : { invoice: toInvoice(body) };
}

export const isBlank = (value: unknown): boolean => value === undefined || value === null || value === "";
export const blank = (path: string): Violation => ({
  field: path,
  message: `Value of the '${path}' cannot be blank.`,
});
export const invalid = (path: string): Violation => ({
  field: path,
  message: `Value of the '${path}' field is invalid: `,
});

function findBadRows(rows: unknown, { vatPercents }: Company): Violation[] {
  if (!Array.isArray(rows) || rows.length === 0) return [blank("invoiceRows")];
  return rows.flatMap((row, index) => {
    const path = (name: string) => `invoiceRows[${index}].${name}`;
    const missing = REQUIRED_OF_ROW.filter((name) => isBlank(at(row, name))).map((name) => blank(path(name)));
    const rate = at(row, "vatPercent");
    const isKnown = typeof rate !== "number" || vatPercents.includes(rate);
    return isKnown ? missing : [...missing, { field: path("vatPercent"), message: "VAT_PERCENT_NOT_IN_USE" }];
  });
}

function findBadValues(body: Json, { closedUntil }: Company): Violation[] {
  const violations: Violation[] = [];
  const date = String(body.date ?? "");
  if (closedUntil !== null && date <= closedUntil)
    violations.push({ field: "date", message: "CLOSED_FISCAL_PERIOD" });
  if (String(at(body, "paymentInfo.dueDate") ?? "9999") < date)
    violations.push(invalid("paymentInfo.dueDate"));
  if (!isBlank(body.invoiceChannel) && !CHANNELS.includes(String(body.invoiceChannel)))
    violations.push(invalid("invoiceChannel"));
  for (const [path, longest] of Object.entries(LONGEST))
    if (String(at(body, path) ?? "").length > longest) violations.push(invalid(path));
  if (body.invoiceChannel === "EMAIL" && isBlank(at(body, "counterParty.email")))
    violations.push(blank("counterParty.email"));
  const identifier = at(body, "counterParty.identifier");
  if (typeof identifier === "string" && !/^\d{7}-\d$/.test(identifier))
    violations.push({ field: "counterParty.identifier", message: "ERROR_BRN_CODE" });
  if (hasOtherCharacters(body)) violations.push({ message: "UNSUPPORTED_CHARACTERS" });
  return violations;
}

export function hasOtherCharacters(value: unknown): boolean {
  if (typeof value === "string")
    return [...value].some((character) => character > "\u00ff" && !WINDOWS_1252.includes(character));
  return typeof value === "object" && value !== null && Object.values(value).some(hasOtherCharacters);
}

/** Nothing is missing any more; what the stand-in does not look at is kept as it came. */
function toInvoice(body: Json): InvoiceInput {
  const rows: unknown[] = Array.isArray(body.invoiceRows) ? body.invoiceRows : [];
  const number = (value: unknown): number => Number(value ?? 0);
  return {
    ...body,
    type: String(body.type),
    date: String(body.date),
    counterParty: {
      ...(isObject(body.counterParty) ? body.counterParty : {}),
      counterPartyAddress: {
        ...addressOf(body),
        name: String(at(body, "counterParty.counterPartyAddress.name")),
      },
    },
    paymentInfo: {
      ...(isObject(body.paymentInfo) ? body.paymentInfo : {}),
      currency: String(at(body, "paymentInfo.currency")),
      dueDate: String(at(body, "paymentInfo.dueDate")),
      currencyRate: number(at(body, "paymentInfo.currencyRate")),
    },
    extraInfo: {
      accountingByRow: at(body, "extraInfo.accountingByRow") === true,
      unitPricesIncludeVat: at(body, "extraInfo.unitPricesIncludeVat") === true,
    },
    discountPercent: number(body.discountPercent),
    invoiceChannel: String(body.invoiceChannel),
    invoiceRows: rows.map(
      (row, index): InvoiceRow => ({
        ...(isObject(row) ? row : {}),
        ...{ id: index + 1 },
        product: String(at(row, "product")),
        quantity: number(at(row, "quantity")),
        unit: String(at(row, "unit")),
        unitPrice: number(at(row, "unitPrice")),
        discountPercent: number(at(row, "discountPercent")),
        vatPercent: number(at(row, "vatPercent")),
      }),
    ),
  };
}

function addressOf(body: Json): Json {
  const address = at(body, "counterParty.counterPartyAddress");
  return isObject(address) ? address : {};
}
