import type { Answer } from "../../web/answer-call";
import { ACCOUNTS, PAYMENT_TERMS, VAT_CODES } from "../data/chart";
import type { NumberSeries } from "../model";
import { type ApiCall, list, ok, requirePrivilege } from "./api-call";
import { isInRanges, readRange } from "./customers";

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

export function listPaymentTerms(call: ApiCall): Answer {
  requirePrivilege(call, ...COMMON);
  return list(call, [...PAYMENT_TERMS]);
}

export function listVatCodes(call: ApiCall): Answer {
  requirePrivilege(call, ...COMMON);
  return list(call, [...VAT_CODES]);
}

export function listAccounts(call: ApiCall): Answer {
  requirePrivilege(call, "GeneralLedgerAccount", "GeneralLedgerAccount_Full");
  const ranges = call.exchange.url.searchParams.get("accountNos")?.split(",").map(readRange);
  return list(
    call,
    ACCOUNTS.filter(({ AccountNo }) => isInRanges(ranges, AccountNo)),
  );
}
