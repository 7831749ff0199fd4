import type { Answer } from "../../web/answer-call";
import { booksOf, findStored, takeId, takeTime } from "../books";
import { ACCOUNTS } from "../data/chart";
import type { Books, Stored } from "../model";
import { type ApiCall, list, ok, problem, readObject, requirePrivilege } from "./api-call";
import { applyPatch } from "./json-patch";

const SHARED = [
  "Code",
  "Name",
  "Description",
  "ProductType",
  "UnitPrice",
  "UnitCost",
  "UnitOfMeasureCode",
  "IsArchived",
];
/** An account is written by its number when a product is made, and by its id when it is changed. */
const FIELDS_OF_NEW = [
  ...[...SHARED, "Gtin", "IsStockItem", "ProductGroupId", "ProductGroupCode"],
  ...["StandardSalesAccount", "StandardSalesAccountId"],
];
const FIELDS = [...SHARED, "Gtin", "IsStockItem", "ProductGroupId", "StandardSalesAccountId"];
const FIELDS_OF_NEW_GROUP = [...SHARED, "StandardSalesAccount", "StandardSalesAccountId"];
const UNITS = ["EA", "HUR", "DAY", "MTR", "KMT", "KGM", "LTR", "MTK", "MTQ", "MON", "SET", "NL", "BX", "PR"];

const withCodes = (call: ApiCall, rows: readonly Stored[]): Stored[] => {
  const codes = call.exchange.url.searchParams.get("codes")?.split(",");
  return rows.filter(({ Code }) => codes?.includes(String(Code)) ?? true);
};

export function listProducts(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Product", "Product_Full");
  return list(call, withCodes(call, booksOf(call.standIn, client).products));
}

export function listProductGroups(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Product", "Product_Full");
  return list(call, withCodes(call, booksOf(call.standIn, client).productGroups));
}

export function getProduct(call: ApiCall): Answer {
  const client = requirePrivilege(call, "Product", "Product_Full");
  return ok(requireProduct(call, booksOf(call.standIn, client)));
}

function requireProduct(call: ApiCall, { products }: Books): Stored {
  const id = call.exchange.param("id");
  const found = findStored(products, id);
  if (!found) throw problem(404, "Object(s) not found", `Product with id = ${id} not found.`);
  return found;
}

/** The document says 200 for it, public clients saw 201. */
export async function postProduct(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "Product_Full");
  const body = await readObject(call, FIELDS_OF_NEW);
  const books = booksOf(call.standIn, client);
  const group = findGroup(books, body);
  const product: Stored = {
    ProductType: "Product",
    IsArchived: false,
    ...body,
    ...readAccount(body, "Product validation error(s)"),
    ProductGroupId: group.Id,
    ProductGroupCode: group.Code,
    Id: takeId(books),
    CreatedDateTimeOffset: takeTime(),
    LastChangedDateTimeOffset: takeTime(),
  };
  judge(product, "Product validation error(s)");
  books.products.push(product);
  call.standIn.store.save();
  return ok(product);
}

export async function patchProduct(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "Product_Full");
  const books = booksOf(call.standIn, client);
  const product = requireProduct(call, books);
  const patch = await call.exchange.readJson();
  const changed = applyPatch(product, patch, { name: "ProductPatchDto", fields: FIELDS });
  judge(changed, "Product validation error(s)");
  const group = findGroup(books, { ProductGroupId: changed.ProductGroupId });
  Object.assign(product, changed, readAccount(changed, "Product validation error(s)"), {
    ProductGroupCode: group.Code,
    LastChangedDateTimeOffset: takeTime(),
  });
  call.standIn.store.save();
  return ok(product);
}

export async function postProductGroup(call: ApiCall): Promise<Answer> {
  const client = requirePrivilege(call, "Product_Full");
  const body = await readObject(call, FIELDS_OF_NEW_GROUP);
  const books = booksOf(call.standIn, client);
  const group: Stored = {
    IsArchived: false,
    ...body,
    ...readAccount(body, "ProductGroup validation error(s)"),
    Id: takeId(books),
    CreatedDateTimeOffset: takeTime(),
    LastChangedDateTimeOffset: takeTime(),
  };
  judge(group, "ProductGroup validation error(s)");
  books.productGroups.push(group);
  call.standIn.store.save();
  return { status: 201, body: group };
}

/** The id wins over the code; a product without either is in the first group. */
function findGroup({ productGroups }: Books, body: Record<string, unknown>): Stored {
  const { ProductGroupId: id, ProductGroupCode: code } = body;
  const found = productGroups.find((one) => (id ? one.Id === id : code ? one.Code === code : true));
  if (!found)
    throw problem(
      400,
      "Product validation error(s)",
      id
        ? `Product group with id = ${String(id)} not found.`
        : `Product group with code = '${String(code)}' not found.`,
    );
  return found;
}

/** Both the number and the id of the account; neither when the record has none of its own. */
function readAccount(body: Record<string, unknown>, title: string): Record<string, number> {
  const { StandardSalesAccountId: id, StandardSalesAccount: number } = body;
  if (!id && !number) return {};
  const account = ACCOUNTS.find((one) => (id ? one.Id === id : one.AccountNo === number));
  if (!account)
    throw problem(
      400,
      title,
      id
        ? `General ledger account with id = ${String(id)} not found.`
        : `General ledger account with code = '${String(number)}' not found.`,
    );
  return { StandardSalesAccount: account.AccountNo, StandardSalesAccountId: account.Id };
}

function judge(record: Stored, title: string): void {
  const name = String(record.Name ?? "");
  if (name === "") throw problem(400, title, "Name must be set.");
  if (name.length > 400) throw problem(400, title, "Name exceeds the maximum length of 400.");
  if (String(record.Code ?? "").length > 200)
    throw problem(400, title, "Code exceeds the maximum length of 100.");
  const unit = record.UnitOfMeasureCode;
  if (unit !== undefined && unit !== null && !UNITS.includes(String(unit)))
    throw problem(400, title, `The value '${String(unit)}' is invalid for UnitOfMeasureCode.`);
}
