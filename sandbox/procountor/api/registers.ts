import type { Answer } from "../../web/answer-call";
import { nextVersion, type Violation } from "../data/invoice";
import type { Registered } from "../model";
import { type ApiCall, type ApiHandler, ok } from "./api-call";
import { refuse, requireRight } from "./invoices";
import {
  at,
  blank,
  CHANNELS,
  hasOtherCharacters,
  invalid,
  isBlank,
  isObject,
  type Json,
} from "./read-invoice";

type Register = "partners" | "products";
const RIGHTS: Record<Register, string> = {
  partners: "sales.customerRegister",
  products: "sales.productRegister",
};
const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

const ofCompany = (call: ApiCall, register: Register, companyId: number): Registered[] =>
  call.standIn.store.state[register].filter((one) => one.companyId === companyId);

/** A page after `previousId`, by ascending ids. */
function page(
  call: ApiCall,
  rows: readonly Registered[],
  toResult: (body: Registered["body"]) => object,
): Answer {
  const query = call.exchange.url.searchParams;
  const size = Number(query.get("size") ?? DEFAULT_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) throw refuse(400, [invalid("size")]);
  const previousId = Number(query.get("previousId") ?? 0);
  const left = rows.filter(({ body }) => body.id > previousId).sort((a, b) => a.body.id - b.body.id);
  const results = left.slice(0, size).map(({ body }) => toResult(body));
  return ok({
    results,
    meta: { pageNumber: 0, pageSize: size, resultCount: results.length, totalCount: rows.length },
  });
}

/** By default without those that are inactive. */
export function searchPartners(call: ApiCall): Answer {
  const { companyId } = requireRight(call, RIGHTS.partners, "VIEWING_RIGHTS");
  const query = call.exchange.url.searchParams;
  const [type, number] = [query.get("type"), query.get("customerNumber")];
  const isActive = (query.get("active") ?? "true") === "true";
  const rows = ofCompany(call, "partners", companyId).filter(
    ({ body }) =>
      (type === null || body.type === type) &&
      (number === null || at(body, "invoicingInfo.customerNumber") === number) &&
      (at(body, "registryInfo.active") !== false) === isActive,
  );
  return page(call, rows, (body) => ({
    ...{ id: body.id, name: body.name, type: body.type, version: body.version },
    invoicingInfo: {
      customerNumber: at(body, "invoicingInfo.customerNumber"),
      identifier: at(body, "invoicingInfo.identifier"),
    },
    registryInfo: { active: isActive },
  }));
}

/** The code matches by a part of it. */
export function searchProducts(call: ApiCall): Answer {
  const { companyId } = requireRight(call, RIGHTS.products, "VIEWING_RIGHTS");
  const query = call.exchange.url.searchParams;
  const [type, code] = [query.get("type"), query.get("code")];
  const rows = ofCompany(call, "products", companyId).filter(
    ({ body }) =>
      (type === null || body.type === type) && (code === null || String(body.code ?? "").includes(code)),
  );
  return page(call, rows, (body) => body);
}

export const getRegistered =
  (register: Register): ApiHandler =>
  (call) => {
    const { companyId } = requireRight(call, RIGHTS[register], "VIEWING_RIGHTS");
    return ok(requireOne(call, register, companyId).body);
  };

function requireOne(call: ApiCall, register: Register, companyId: number): Registered {
  const id = Number(call.exchange.param("id"));
  const found = ofCompany(call, register, companyId).find(({ body }) => body.id === id);
  if (!found) throw refuse(404, [{ message: "Not found." }]);
  return found;
}

export const postRegistered =
  (register: Register): ApiHandler =>
  async (call) => {
    const { companyId } = requireRight(call, RIGHTS[register], "ALL_RIGHTS");
    const input = await readValid(call, register);
    const { state } = call.standIn.store;
    const body = { ...input, id: state.nextRegisteredId, version: nextVersion() };
    state.nextRegisteredId += 1;
    state[register].push({ companyId, body });
    call.standIn.store.save();
    return ok(body);
  };

/** Replaces the whole record. */
export const putRegistered =
  (register: Register): ApiHandler =>
  async (call) => {
    const { companyId } = requireRight(call, RIGHTS[register], "ALL_RIGHTS");
    const one = requireOne(call, register, companyId);
    const input = await readValid(call, register);
    if (input.version !== one.body.version) throw refuse(400, [invalid("version")]);
    one.body = { ...input, id: one.body.id, version: nextVersion() };
    call.standIn.store.save();
    return ok(one.body);
  };

const REQUIRED: Record<Register, readonly string[]> = {
  partners: ["name", "type", "paymentInfo.paymentMethod", "address.name"],
  products: ["type", "name", "discount", "price", "active", "currency"],
};
const LONGEST: Record<Register, Record<string, number>> = {
  partners: { name: 80, "address.name": 80, "address.street": 80, "address.zip": 20, "address.city": 40 },
  products: { name: 100, code: 40 },
};
const ACCOUNTS = ["3000", "3010", "3100"];

async function readValid(call: ApiCall, register: Register): Promise<Json> {
  const body = await call.exchange.readJson();
  if (!isObject(body)) throw refuse(400, [{ message: "The request body is not valid JSON." }]);
  const violations: Violation[] = [
    ...REQUIRED[register].filter((path) => isBlank(at(body, path))).map(blank),
    ...Object.entries(LONGEST[register])
      .filter(([path, longest]) => String(at(body, path) ?? "").length > longest)
      .map(([path]) => invalid(path)),
    ...(hasOtherCharacters(body) ? [{ message: "UNSUPPORTED_CHARACTERS" }] : []),
    ...(register === "partners" ? findBadPartner(body) : findBadProduct(body, call)),
  ];
  if (violations.length > 0) throw refuse(400, violations);
  return body;
}

function findBadPartner(body: Json): Violation[] {
  const channel = at(body, "invoicingInfo.invoiceChannel");
  const identifier = at(body, "invoicingInfo.identifier");
  const isFinnish = at(body, "invoicingInfo.identifierType") === "YHD";
  return [
    ...(isBlank(channel) || CHANNELS.includes(String(channel))
      ? []
      : [invalid("invoicingInfo.invoiceChannel")]),
    ...(channel === "EMAIL" && isBlank(at(body, "invoicingInfo.email"))
      ? [blank("invoicingInfo.email")]
      : []),
    ...(isFinnish && !/^\d{7}-\d$/.test(String(identifier))
      ? [{ field: "invoicingInfo.identifier", message: "ERROR_BRN_CODE" }]
      : []),
  ];
}

function findBadProduct(body: Json, { standIn: { faults } }: ApiCall): Violation[] {
  const { vat, defaultAccount } = body;
  return [
    ...(typeof vat !== "number" || faults.vatPercents.includes(vat) ? [] : [invalid("vat")]),
    ...(isBlank(defaultAccount) || ACCOUNTS.includes(String(defaultAccount))
      ? []
      : [invalid("defaultAccount")]),
  ];
}
