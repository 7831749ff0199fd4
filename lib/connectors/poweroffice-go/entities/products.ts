import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import {
  defineEntity,
  type LookUpResult,
  type RowProblem,
  type VendorRecord,
  type WriteInput,
  type WriteResult,
} from "@/lib/connectors/entity";
import { omitUndefined } from "@/lib/connectors/omit-undefined";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { beforeSending } from "@/lib/connectors/vendor-answer";
import { sendChange } from "../call-vendor";
import { readRegister } from "../read-register";
import {
  bookingOf,
  type ProductRow,
  type ProductSettings,
  productRow,
  productSettings,
} from "./product-fields";
import { type Account, findAccount } from "./registers";
import { readGoRefusal, rejections } from "./rejections";
import { findRecord, makePatch, type StoredRecord, storedRecord, textOf } from "./stored-record";

type Input = WriteInput<ProductRow, ProductSettings>;
/** `groupId` null: the group is to be made first. */
type References = { account: Account | null; groupId: number | null | undefined };

/** Products that orders name by their codes, each booked by the account that the settings have for its group. */
export const products = defineEntity<string, typeof productRow, typeof productSettings>({
  id: "products",
  keyField: "code",
  schema: productRow,
  settings: productSettings,
  samples: { name: "Hire of a hall", unitPrice: "50.00" },
  rights: [
    { path: "Product", level: "Full" },
    { path: "GeneralLedgerAccount", level: "Read" },
  ],
  check: () => [],
  write,
  lookUp,
  rejections,
});

async function write(context: ConnectorContext, key: HeldKey, input: Input): Promise<WriteResult> {
  const { written } = input;
  const there = written && (await beforeSending(findProductById(context, key, written.vendorId)));
  const { problems, references } = await beforeSending(findReferences(context, key, input));
  if (problems.length > 0) return { kind: "rejected", problems };
  try {
    const groupId =
      references.groupId === null ? await makeGroup(context, key, input) : (references.groupId ?? undefined);
    if (there === null) return await create(context, key, input, groupId);
    const patch = makePatch(there, makeFields(input, references.account, groupId));
    if (patch.length > 0) {
      const operation = "PATCH /Products/{id}";
      const path = `/Products/${encodeURIComponent(there.id)}`;
      await sendChange(context, key, { operation, method: "PATCH", path, body: patch });
    }
    return { kind: "written", wasCreated: false, vendorId: there.id, label: input.row.code };
  } catch (error) {
    return readGoRefusal(error);
  }
}

/** The fields that the row has, by the names of patches. An account is changed by its id. */
function makeFields(
  { row }: Input,
  account: Account | null,
  groupId: number | undefined,
): Record<string, unknown> {
  return omitUndefined({
    Code: row.code,
    Name: row.name,
    Description: row.description,
    ProductType: row.type && TYPES[row.type],
    UnitOfMeasureCode: row.unit,
    UnitPrice: row.unitPrice === undefined ? undefined : Number(row.unitPrice),
    UnitCost: row.unitCost === undefined ? undefined : Number(row.unitCost),
    Gtin: row.gtin,
    ProductGroupId: groupId,
    StandardSalesAccountId: account?.Id,
  });
}
const TYPES = { PRODUCT: "Product", SERVICE: "Service" } as const;

async function create(
  context: ConnectorContext,
  key: HeldKey,
  input: Input,
  groupId: number | undefined,
): Promise<WriteResult> {
  const { row, settings } = input;
  const booking = bookingOf(settings, row.productGroup);
  const operation = "POST /Products";
  const body = {
    UnitOfMeasureCode: booking.unit ?? settings.unit,
    ...makeFields(input, null, groupId),
    StandardSalesAccount: Number(booking.account),
  };
  const answer = await sendChange(context, key, { operation, method: "POST", path: "/Products", body });
  return {
    kind: "written",
    wasCreated: true,
    ...toRecord(parseAnswer(context, operation, storedRecord, answer)),
  };
}

/** A group with the code as its name, and the account and unit of its products. Gives its id. */
async function makeGroup(context: ConnectorContext, key: HeldKey, { row, settings }: Input): Promise<number> {
  const booking = bookingOf(settings, row.productGroup);
  const operation = "POST /ProductGroups";
  const body = {
    Code: row.productGroup,
    Name: row.productGroup,
    StandardSalesAccount: Number(booking.account),
    UnitOfMeasureCode: booking.unit ?? settings.unit,
  };
  const answer = await sendChange(context, key, { operation, method: "POST", path: "/ProductGroups", body });
  return Number(parseAnswer(context, operation, storedRecord, answer).id);
}

const toRecord = (product: StoredRecord): VendorRecord => ({
  vendorId: product.id,
  label: textOf(product, "Code"),
});

const findProductById = (context: ConnectorContext, key: HeldKey, id: string): Promise<StoredRecord | null> =>
  findRecord(context, key, "GET /Products/{id}", `/Products/${encodeURIComponent(id)}`);

/** What the row and the settings name in the client's registers, or what of it is not there. */
async function findReferences(
  context: ConnectorContext,
  key: HeldKey,
  { row, settings }: Input,
): Promise<{ problems: RowProblem[]; references: References }> {
  const booking = bookingOf(settings, row.productGroup);
  const problems: RowProblem[] = [];
  const account = await findAccount(context, key, booking.account);
  if (account === null)
    problems.push({ field: null, cause: "account_unknown", vendorWords: booking.account });
  else if (booking.vatCode !== undefined && account.VatCode !== booking.vatCode)
    problems.push({
      field: null,
      cause: "vat_unknown",
      vendorWords: `${booking.account}: ${account.VatCode ?? "–"} (${booking.vatCode})`,
    });
  const group =
    row.productGroup === undefined
      ? undefined
      : await findByCode(context, key, "/ProductGroups", row.productGroup);
  if (group === null && settings.createGroups === "NO")
    problems.push({ field: "productGroup", cause: "product_group_unknown", vendorWords: row.productGroup });
  return { problems, references: { account, groupId: group && Number(group.id) } };
}

/** The filter takes a list by commas, so that a code with a comma is found only among all. */
async function findByCode(
  context: ConnectorContext,
  key: HeldKey,
  path: "/Products" | "/ProductGroups",
  code: string,
): Promise<StoredRecord | null> {
  const query: Record<string, string> = code.includes(",") ? {} : { codes: code };
  const rows = await readRegister(context, key, { path, query }, storedRecord);
  return rows.find((row) => textOf(row, "Code") === code) ?? null;
}

/** The product that orders name by a code. */
export const findProduct = (context: ConnectorContext, key: HeldKey, code: string) =>
  findByCode(context, key, "/Products", code);

/**
 * What has the code. Go tells nothing of who made a product, and has no room for a mark: what is as the row says is ours, since
 * nothing of it would be changed; what differs is taken over only where the customer chose that.
 */
async function lookUp(context: ConnectorContext, key: HeldKey, input: Input): Promise<LookUpResult | null> {
  const { row, settings, written } = input;
  const found = written
    ? await findProductById(context, key, written.vendorId)
    : await findProduct(context, key, row.code);
  if (found === null) return null;
  const { references } = await findReferences(context, key, input);
  const isSame =
    references.groupId !== null &&
    makePatch(found, makeFields(input, references.account, references.groupId)).length === 0;
  if (written || isSame || settings.takeOverExisting === "YES")
    return { kind: "ours", isSame, ...toRecord(found) };
  return { kind: "foreign", vendorWords: describeProduct(found) };
}

const describeProduct = (found: StoredRecord): string =>
  ["Code", "Name", "StandardSalesAccount", "UnitPrice"]
    .map((name) => textOf(found, name))
    .filter(Boolean)
    .join(", ");
