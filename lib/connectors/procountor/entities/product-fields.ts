import { z } from "zod";
import {
  choiceField,
  currencyField,
  decimalField,
  digitsField,
  textField,
  yesOrNoField,
} from "@/lib/connectors/entity-field";
import { UNITS } from "./vocabulary";

/** Lengths are those of the vendor's `Product`. */
export const productRow = z.strictObject({
  /** As invoice lines name it. */
  code: textField(40),
  name: textField(100),
  unit: choiceField(UNITS).optional(),
  unitPrice: decimalField(5).optional(),
  currency: currencyField().optional(),
  discountPercent: decimalField(4).optional(),
  vatPercent: decimalField(2).optional(),
  /** Ledger account that the product is sold by. */
  account: digitsField(10).optional(),
});
export type ProductRow = z.infer<typeof productRow>;

/** For new products: what a person changed in Procountor is changed again only by what a row names. */
export const productSettings = z.strictObject({
  unit: choiceField(UNITS).default("PIECE"),
  currency: currencyField().default("EUR"),
  vatPercent: decimalField(2).default("25.5"),
  /** Without it lines are booked by the company's own standard. */
  account: digitsField(10).optional(),
  /** A product that is in the register already under the code is updated; otherwise the row waits for a person. */
  takeOverExisting: yesOrNoField().default("NO"),
});
export type ProductSettings = z.infer<typeof productSettings>;
