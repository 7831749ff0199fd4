import { z } from "zod";
import { vendorText } from "@/lib/connectors/vendor-text";

/** Shapes of Procountor API 26.04 that invoices are read by; tolerant where its document leaves a field optional. */

const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
/** An amount as it stands in JSON, at most two decimals: exact as text. */
const amount = z.number().transform((value) => value.toFixed(2));

const sumInfo = z.object({
  currency: z.string(),
  excludingVatTotal: amount,
  vatSumTotal: amount,
  invoiceSumTotal: amount,
});

export const invoiceAnswer = z.object({
  id,
  invoiceNumber: id.nullish().catch(null),
  originalInvoiceNumber: vendorText,
  status: vendorText,
  date: z.string(),
  version: vendorText,
  notes: z.string().nullish().catch(null),
  creatorId: id.nullish().catch(null),
  counterParty: z
    .object({ counterPartyAddress: z.object({ name: vendorText }).nullish().catch(null) })
    .nullish()
    .catch(null),
  invoiceSumInfo: z.array(sumInfo).nullish().catch(null),
});
export type InvoiceAnswer = z.infer<typeof invoiceAnswer>;

export const invoiceList = z.object({ results: z.array(z.unknown()).nullish() });
export const invoiceInfo = invoiceAnswer.pick({ id: true, originalInvoiceNumber: true });

export const sessionAnswer = z.object({ userId: id });

export const vatAnswer = z.object({
  vatInformation: z.array(
    z.object({
      percentages: z.array(z.object({ vatPercent: z.number(), sales: z.boolean().nullish() })).nullish(),
    }),
  ),
});

const period = z.object({ startDate: z.string(), endDate: z.string(), status: z.string() });
export const fiscalYearsAnswer = z.object({
  fiscalYears: z.array(
    z.object({
      startDate: z.string(),
      endDate: z.string(),
      isOpen: z.boolean().nullish(),
      trackingPeriods: z.array(period).nullish(),
    }),
  ),
});
