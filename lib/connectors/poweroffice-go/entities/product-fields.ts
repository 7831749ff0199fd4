import { z } from "zod";
import {
  choiceField,
  decimalField,
  digitsField,
  textField,
  yesOrNoField,
} from "@/lib/connectors/entity-field";
import { UNITS, unitField } from "./units";

export const productRow = z.strictObject({
  /** As orders name it. */
  code: textField(100),
  name: textField(400),
  /** The code of the partner's own group; without it Go puts the product into its standard group. */
  productGroup: textField(200).optional(),
  description: textField(2000).optional(),
  type: choiceField(["PRODUCT", "SERVICE"]).optional(),
  unit: unitField().optional(),
  unitPrice: decimalField(4).optional(),
  unitCost: decimalField(4).optional(),
  gtin: digitsField(14).optional(),
});
export type ProductRow = z.infer<typeof productRow>;

/** What products of a group are booked by. `vatCode`: the one that the account has to have in Go. */
export type Booking = { account: string; vatCode: string | undefined; unit: string | undefined };

const GROUP = /^([^:;,]+):\s*(\d{4,8})(?:\s*,\s*([A-Z0-9]{1,4})(?:\s*,\s*([A-Z0-9]{2,3}))?)?$/i;

/** `A-2: 3100, 5, HUR; A-3: 3010` → what each group is booked by; null when a part of it is not of this form. */
export function readGroups(text: string): Map<string, Booking> | null {
  const groups = new Map<string, Booking>();
  for (const part of text.split(/[;\n]/)) {
    if (part.trim() === "") continue;
    const [, code, account, vatCode, unit] = GROUP.exec(part.trim()) ?? [];
    if (code === undefined || account === undefined) return null;
    if (unit !== undefined && !UNITS.includes(unit.toUpperCase())) return null;
    groups.set(code.trim(), { account, vatCode: vatCode?.toUpperCase(), unit: unit?.toUpperCase() });
  }
  return groups;
}

export const productSettings = z.strictObject({
  salesAccount: digitsField(8).default("3000"),
  vatCode: textField(4)
    .transform((text) => text.toUpperCase())
    .optional(),
  unit: unitField().default("EA"),
  /** Groups that are booked by another account: `group: account, VAT code, unit`, the last two as they are needed. */
  groups: textField(2000)
    .refine((text) => readGroups(text) !== null)
    .optional(),
  createGroups: yesOrNoField().default("NO"),
  /** A product that is in Go already under the code is updated; otherwise the row waits for a person. */
  takeOverExisting: yesOrNoField().default("NO"),
});
export type ProductSettings = z.infer<typeof productSettings>;

/** What a product of this group is booked by. */
export function bookingOf(settings: ProductSettings, group: string | undefined): Booking {
  const own = group === undefined ? undefined : readGroups(settings.groups ?? "")?.get(group);
  return own ?? { account: settings.salesAccount, vatCode: settings.vatCode, unit: undefined };
}
