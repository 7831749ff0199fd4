import { z } from "zod";
import {
  choiceField,
  countryField,
  currencyField,
  dateField,
  decimalField,
  textField,
  yesOrNoField,
} from "@/lib/connectors/entity-field";
import { CHANNELS, LANGUAGES, UNITS } from "./vocabulary";

export const salesInvoiceRow = z.strictObject({
  /** Kept as `originalInvoiceNumber`; the vendor gives its own number besides. */
  invoiceNumber: textField(40),
  /** Makes it a credit note: the `invoiceNumber` of what is refunded, in full or in part. Its total is negative. */
  creditOf: textField(40).optional(),
  date: dateField(),
  dueDate: dateField().optional(),
  customerNumber: textField(40).optional(),
  customerName: textField(80),
  customerBusinessId: textField(20).optional(),
  contactPerson: textField(70).optional(),
  street: textField(80).optional(),
  postalCode: textField(20).optional(),
  city: textField(40).optional(),
  /** ISO 3166-1 alpha-2. */
  country: countryField().optional(),
  email: textField(256).optional(),
  eInvoiceAddress: textField(50).optional(),
  eInvoiceOperator: textField(50).optional(),
  channel: choiceField(CHANNELS).optional(),
  language: choiceField(LANGUAGES).optional(),
  currency: currencyField().optional(),
  /** Of one unit of the domestic currency in the foreign one. */
  currencyRate: decimalField(6).optional(),
  reference: textField(40).optional(),
  orderReference: textField(70).optional(),
  message: textField(1000).optional(),
  /** The sender's own totals, which what the vendor answers is compared with. */
  netTotal: decimalField(2).optional(),
  vatTotal: decimalField(2).optional(),
  grossTotal: decimalField(2).optional(),
  lines: z
    .array(
      z.strictObject({
        product: textField(80),
        productCode: textField(40).optional(),
        quantity: decimalField(4),
        unit: choiceField(UNITS).optional(),
        unitPrice: decimalField(5),
        discountPercent: decimalField(4).optional(),
        vatPercent: decimalField(2),
        comment: textField(512).optional(),
      }),
    )
    .min(1)
    .max(500),
});
export type SalesInvoiceRow = z.infer<typeof salesInvoiceRow>;

/** Each has a default, so that invoices go on their way before anybody chose anything. */
export const salesInvoiceSettings = z.strictObject({
  /** The vendor's number of the status, 1 being domestic sales: it decides how the VAT is reported. */
  vatStatus: textField(4)
    .refine((text) => /^\d+$/.test(text))
    .default("1"),
  paymentTermDays: textField(3)
    .refine((text) => /^\d+$/.test(text))
    .default("14"),
  currency: currencyField().default("EUR"),
  channel: choiceField(CHANNELS).default("EMAIL"),
  language: choiceField(LANGUAGES).default("FINNISH"),
  unit: choiceField(UNITS).default("PIECE"),
  /** IBAN that the customers pay to; without it the vendor takes the company's own. */
  bankAccount: textField(34)
    .transform((text) => text.replaceAll(" ", "").toUpperCase())
    .refine((text) => /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text))
    .optional(),
  unitPricesIncludeVat: yesOrNoField().default("NO"),
  /** Each line is booked by the account of its product in the vendor's register. */
  accountsOfProducts: yesOrNoField().default("NO"),
});
export type SalesInvoiceSettings = z.infer<typeof salesInvoiceSettings>;
