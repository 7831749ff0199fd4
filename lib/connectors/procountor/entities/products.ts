import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import {
  defineEntity,
  type LookUpResult,
  type RowProblem,
  type VendorRecord,
  type WriteInput,
  type WriteResult,
} from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { omitUndefined } from "@/lib/connectors/omit-undefined";
import { readRefusal } from "@/lib/connectors/read-refusal";
import { beforeSending } from "@/lib/connectors/vendor-answer";
import { toCaller } from "../token";
import { findOtherCharacters } from "./field-rules";
import { type ProductRow, type ProductSettings, productRow, productSettings } from "./product-fields";
import { readRates } from "./rates";
import {
  findRegistered,
  hasFields,
  type Registered,
  saveRegistered,
  searchRegister,
  textAt,
} from "./register";
import { type Fields, readRefusals, rejections } from "./rejections";

type Input = WriteInput<ProductRow, ProductSettings>;

const REGISTER = { path: "/products", idName: "productId" } as const;
/** Paths of `Product` that are fields of ours. */
const FIELDS: Fields = {
  code: "code",
  name: "name",
  unit: "unit",
  price: "unitPrice",
  currency: "currency",
  discount: "discountPercent",
  vat: "vatPercent",
  defaultAccount: "account",
};

/** Products of sales that invoice lines name by their codes. */
export const products = defineEntity<string, typeof productRow, typeof productSettings>({
  id: "products",
  keyField: "code",
  schema: productRow,
  settings: productSettings,
  samples: { name: "Hire of a hall" },
  rights: [{ path: "sales.productRegister", level: "ALL_RIGHTS" }],
  check,
  write,
  lookUp,
  rejections,
});

function check(row: ProductRow): RowProblem[] {
  const discount = Number(row.discountPercent ?? "0");
  return [
    ...findOtherCharacters(row),
    ...(discount < 0 || discount > 100
      ? [{ field: "discountPercent", cause: "field_invalid" as const }]
      : []),
  ];
}

async function write(context: ConnectorContext, key: HeldKey, input: Input): Promise<WriteResult> {
  const caller = toCaller(key);
  const { written, row } = input;
  const there = written && (await beforeSending(findRegistered(context, caller, REGISTER, written.vendorId)));
  const fields = there === null ? makeNewProduct(input) : makeFields(row);
  if (there && hasFields(there, fields)) return { kind: "written", wasCreated: false, ...toRecord(there) };
  if (typeof fields.vat === "number") {
    const rates = await beforeSending(readRates(context, key));
    if (!rates.includes(fields.vat))
      return {
        kind: "rejected",
        problems: [{ field: "vatPercent", cause: "vat_unknown", vendorWords: rates.join(", ") }],
      };
  }
  try {
    const saved = await saveRegistered(context, caller, REGISTER, { there, fields });
    return { kind: "written", wasCreated: there === null, ...toRecord(saved) };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "rejected") throw error;
    return readRefusal(rejections, readRefusals(error, FIELDS));
  }
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** The fields that the row has, by the names of `Product`. */
function makeFields(row: ProductRow): Record<string, unknown> {
  return omitUndefined({
    code: row.code,
    name: row.name,
    unit: row.unit,
    price: numberOf(row.unitPrice),
    currency: row.currency,
    discount: numberOf(row.discountPercent),
    vat: numberOf(row.vatPercent),
    defaultAccount: row.account,
  });
}

function makeNewProduct({ row, settings }: Input): Record<string, unknown> {
  const { unit, currency, vatPercent, account } = settings;
  return {
    ...makeFields({ unit, currency, vatPercent, account, unitPrice: "0", discountPercent: "0", ...row }),
    type: "SALES",
    active: true,
  };
}

const toRecord = (product: Registered): VendorRecord => ({
  vendorId: String(product.id),
  label: textAt(product, "code"),
});

/**
 * What has the code. The register tells nothing of who made a product, and has no room for a mark: what is as the row says is
 * ours, since nothing of it would be changed; what differs is taken over only where the customer chose that.
 */
async function lookUp(context: ConnectorContext, key: HeldKey, input: Input): Promise<LookUpResult | null> {
  const caller = toCaller(key);
  const { row, settings, written } = input;
  const found = written
    ? await findRegistered(context, caller, REGISTER, written.vendorId)
    : await findByCode(context, caller, row);
  if (found === null) return null;
  const isSame = hasFields(found, makeFields(row));
  if (written || isSame || settings.takeOverExisting === "YES")
    return { kind: "ours", isSame, ...toRecord(found) };
  const words = [textAt(found, "code"), textAt(found, "name"), textAt(found, "price")];
  return { kind: "foreign", vendorWords: words.filter(Boolean).join(", ") };
}

/** The search is one by parts of the code. Of several with one code that counts which is as the row says. */
async function findByCode(
  context: ConnectorContext,
  caller: ReturnType<typeof toCaller>,
  row: ProductRow,
): Promise<Registered | null> {
  const rows = await searchRegister(context, caller, REGISTER, { type: "SALES", code: row.code });
  const found = rows.filter((one) => textAt(one, "code") === row.code);
  return found.find((one) => hasFields(one, makeFields(row))) ?? found[0] ?? null;
}
