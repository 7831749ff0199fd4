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

/** Ways of delivery that the API may set, by our names: `InvoiceDeliveryType` of its document. */
export const DELIVERY_TYPES = { EMAIL: "PdfByEmail", EHF: "EHF", PRINT: "Print" } as const;
const deliveryType = () => choiceField(["EMAIL", "EHF", "PRINT"]);

export const customerRow = z.strictObject({
  /** The sender's own id of the customer, kept as `ExternalImportReference`, by which orders find it too. */
  customerId: textField(50),
  /** Go's number, inside one of the client's series; without it Go gives the next one. */
  number: digitsField(10).optional(),
  /** Of a company. A person has a first and a last name instead. */
  name: textField(200).optional(),
  firstName: textField(100).optional(),
  lastName: textField(100).optional(),
  organizationNumber: textField(20)
    .transform((text) => text.replaceAll(" ", ""))
    .optional(),
  /** Where invoices are sent, and the general address. */
  email: emailField().optional(),
  phone: textField(50).optional(),
  street: textField(200).optional(),
  street2: textField(200).optional(),
  postalCode: textField(50).optional(),
  city: textField(100).optional(),
  country: countryField().optional(),
  deliveryType: deliveryType().optional(),
  paymentTermDays: digitsField(3).optional(),
  currency: currencyField().optional(),
  isVatFree: yesOrNoField().optional(),
});
export type CustomerRow = z.infer<typeof customerRow>;

/** Settings are for new customers: what a person changed in Go afterwards is changed again only by what a row names. */
export const customerSettings = z.strictObject({
  deliveryType: deliveryType().default("EMAIL"),
  /** The name of the series that Go numbers new customers in; without it the standard one of the client. */
  numberSeries: textField(100).optional(),
  /** Without them those of the client's settings in Go. */
  paymentTermDays: digitsField(3).optional(),
  currency: currencyField().default("NOK"),
  /** A customer that is in Go already under the row's number is updated; otherwise the row waits for a person. */
  takeOverExisting: yesOrNoField().default("NO"),
});
export type CustomerSettings = z.infer<typeof customerSettings>;
