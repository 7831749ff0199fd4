import type { Answer } from "../../web/answer-call";
import type { Customer, NumberSeries, Product } from "../model";
import { type ApiCall, list, ok, problem, requirePrivilege } from "./api-call";

const COMMON = ["CommonServices", "CommonServices_Full"];
const RECEIVABLES_ACCOUNT = 1500;

export function getOrganizationSettings(call: ApiCall): Answer {
  const client = requirePrivilege(call, ...COMMON);
  return ok({
    Id: client.id,
    Name: client.name,
    LegalName: client.name,
    OrganizationNumber: client.organizationNumber,
    EmailAddress: "post@example.com",
    InvoiceInboxEhf: client.isInElma,
  });
}

/** The filter by type is case sensitive, as the vendor warns. */
export function listNumberSeries(call: ApiCall): Answer {
  const client = requirePrivilege(call, ...COMMON);
  const { searchParams } = call.exchange.url;
  const type = searchParams.get("subLedgerNumberSeriesType");
  const isDefault = searchParams.get("isDefault");
  if (type !== null && type !== "Customer") return list(call, []);
  const wanted = client.numberSeries.filter(
    (one) => isDefault === null || String(one.isDefault) === isDefault,
  );
  return list(call, wanted.map(toNumberSeries));
}

function toNumberSeries(series: NumberSeries): object {
  return {
    Id: series.id,
    Name: series.name,
    SubLedgerNumberSeriesType: "Customer",
    FromInclusive: series.from,
    ToInclusive: series.to,
    IsDefault: series.isDefault,
    IsClientTrust: false,
    GeneralLedgerAccountNo: RECEIVABLES_ACCOUNT,
  };
}

export function listProducts(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Product", "Product_Full");
  const codes = call.exchange.url.searchParams.get("codes")?.split(",");
  return list(call, client.products.filter(({ code }) => codes?.includes(code) ?? true).map(toProduct));
}

function toProduct(product: Product): object {
  return {
    Id: product.id,
    Code: product.code,
    Name: product.name,
    ProductType: "Product",
    StandardSalesAccount: product.salesAccount,
    IsArchived: false,
  };
}

export function listCustomers(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Customer", "Customer_Full");
  const ranges = call.exchange.url.searchParams.get("customerNos")?.split(",").map(readRange);
  const isWanted = ({ number }: Customer): boolean =>
    ranges?.some(([from, to]) => number >= from && number <= to) ?? true;
  return list(call, client.customers.filter(isWanted).map(toCustomer));
}

/** `10000-11000`, `12000` or `13000-`. */
function readRange(text: string): [number, number] {
  const match = /^(\d+)(-)?(\d+)?$/.exec(text.trim());
  if (!match) throw problem(400, "Invalid resourceParameter", `customerNos: ${text} is not a range.`);
  const from = Number(match[1]);
  if (match[2] === undefined) return [from, from];
  return [from, match[3] === undefined ? Number.MAX_SAFE_INTEGER : Number(match[3])];
}

function toCustomer(customer: Customer): object {
  return {
    Id: customer.id,
    Number: customer.number,
    Name: customer.name,
    OrganizationNumber: customer.organizationNumber,
    InvoiceEmailAddress: customer.invoiceEmail,
    InvoiceDeliveryType: customer.deliveryType,
    IsPerson: false,
    IsArchived: false,
  };
}
