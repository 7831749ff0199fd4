import { z } from "zod";
import {
  choiceField,
  countryField,
  currencyField,
  digitsField,
  emailField,
  textField,
  yesOrNoField,
} from "@/lib/connectors/entity-field";
import { CHANNELS, LANGUAGES } from "./vocabulary";

/** Lengths are those of the vendor's `BusinessPartner`. */
export const customerRow = z.strictObject({
  customerNumber: textField(40),
  name: textField(80),
  businessId: textField(20).optional(),
  contactPerson: textField(70).optional(),
  email: emailField().optional(),
  phone: textField(40).optional(),
  street: textField(80).optional(),
  postalCode: textField(20).optional(),
  city: textField(40).optional(),
  country: countryField().optional(),
  eInvoiceAddress: textField(50).optional(),
  eInvoiceOperator: textField(50).optional(),
  channel: choiceField(CHANNELS).optional(),
  language: choiceField(LANGUAGES).optional(),
  currency: currencyField().optional(),
  paymentTermDays: digitsField(3).optional(),
});
export type CustomerRow = z.infer<typeof customerRow>;

/** For new customers: what a person changed in Procountor is changed again only by what a row names. */
export const customerSettings = z.strictObject({
  channel: choiceField(CHANNELS).default("EMAIL"),
  language: choiceField(LANGUAGES).default("FINNISH"),
  currency: currencyField().default("EUR"),
  paymentTermDays: digitsField(3).default("14"),
  /** A customer that is in the register already under the number is updated; otherwise the row waits for a person. */
  takeOverExisting: yesOrNoField().default("NO"),
});
export type CustomerSettings = z.infer<typeof customerSettings>;
