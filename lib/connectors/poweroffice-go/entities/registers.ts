import { z } from "zod";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { oncePerContext } from "@/lib/connectors/once-per-context";
import { vendorText } from "@/lib/connectors/vendor-text";
import { readRegister } from "../read-register";
import { caseless, numberSeries, optionalFlag, wholeNumber } from "../schemas";

/** Registers of a client that rows and settings are held against, each read once in a turn of the queue. */

export const readSeries = oncePerContext((context, key: HeldKey) =>
  readRegister(
    context,
    key,
    { path: "/SubLedgerNumberSeries", query: { subLedgerNumberSeriesType: "Customer" } },
    numberSeries,
  ),
);

/** `PaymentTermDto` */
const paymentTerm = caseless({ Id: wholeNumber, CreditDays: wholeNumber.nullish(), IsActive: optionalFlag });

const readPaymentTerms = oncePerContext(async (context, key: HeldKey) => {
  const terms = await readRegister(context, key, { path: "/PaymentTerms", query: {} }, paymentTerm);
  return terms.filter(({ IsActive }) => IsActive !== false);
});

/** The client's payment term of so many days; otherwise the days that there are. */
export async function findPaymentTerm(
  context: ConnectorContext,
  key: HeldKey,
  days: string,
): Promise<{ id: number } | { known: string }> {
  const terms = await readPaymentTerms(context, key);
  const found = terms.find(({ CreditDays }) => CreditDays === Number(days));
  return found ? { id: found.Id } : { known: terms.map(({ CreditDays }) => CreditDays).join(", ") };
}

/** `VatCodeDto`; `Rate` is between 0 and 1. */
const vatCode = caseless({ Code: vendorText, Rate: z.number(), IsActive: optionalFlag });

export const readVatCodes = oncePerContext(async (context, key: HeldKey) => {
  const codes = await readRegister(context, key, { path: "/VatCodes", query: {} }, vatCode);
  return codes.filter(({ IsActive }) => IsActive !== false);
});

/** `GeneralLedgerAccountDto` */
const account = caseless({
  Id: wholeNumber,
  AccountNo: wholeNumber,
  VatCode: vendorText,
  IsActive: optionalFlag,
});
export type Account = z.infer<typeof account>;

/** The account of a number; null when it is none, or no longer in use. */
export const findAccount = oncePerContext(async (context, key: HeldKey, number): Promise<Account | null> => {
  const register = { path: "/GeneralLedgerAccounts", query: { accountNos: number } };
  const found = await readRegister(context, key, register, account);
  return found.find((one) => String(one.AccountNo) === number && one.IsActive !== false) ?? null;
});
