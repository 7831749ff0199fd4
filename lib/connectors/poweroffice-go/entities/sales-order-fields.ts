import { z } from "zod";
import {
  currencyField,
  dateField,
  decimalField,
  digitsField,
  textField,
} from "@/lib/connectors/entity-field";
import { unitField } from "./units";

export const salesOrderRow = z.strictObject({
  /** Kept as `ExternalImportReference`; Go gives its own number besides. */
  orderNumber: textField(50),
  /** Makes it a credit note: the `orderNumber` of what is refunded, in full or in part. Its total is negative. */
  creditOf: textField(50).optional(),
  date: dateField(),
  deliveryDate: dateField().optional(),
  /** One of both: the sender's id of a delivered customer, or the number of one in Go. */
  customerId: textField(50).optional(),
  customerNumber: digitsField(10).optional(),
  currency: currencyField().optional(),
  paymentTermDays: digitsField(3).optional(),
  customerReference: textField(200).optional(),
  purchaseOrderReference: textField(100).optional(),
  /** The sender's own totals, which what Go answers is compared with. */
  netTotal: decimalField(2).optional(),
  vatTotal: decimalField(2).optional(),
  grossTotal: decimalField(2).optional(),
  lines: z
    .array(
      z.strictObject({
        /** Without it the line is a text. */
        productCode: textField(100).optional(),
        description: textField(1000).optional(),
        quantity: decimalField(4).optional(),
        unit: unitField().optional(),
        /** Without VAT; left out, it is the product's. */
        unitPrice: decimalField(4).optional(),
        discountPercent: decimalField(2).optional(),
        /** VAT follows the product's sales account; a rate is only compared. */
        vatPercent: decimalField(2).optional(),
      }),
    )
    .min(1)
    .max(500),
});
export type SalesOrderRow = z.infer<typeof salesOrderRow>;
export type SalesOrderLine = SalesOrderRow["lines"][number];

export const salesOrderSettings = z.strictObject({
  /** Without them those of the customer, or of the client's settings in Go. */
  paymentTermDays: digitsField(3).optional(),
  currency: currencyField().default("NOK"),
});
export type SalesOrderSettings = z.infer<typeof salesOrderSettings>;
