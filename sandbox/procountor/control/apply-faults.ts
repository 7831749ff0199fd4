import { CALL_FAULTS } from "../../web/call-faults";
import {
  type Input,
  invalid,
  optional,
  readNumber,
  readNumbers,
  readRecord,
  readText,
} from "../../web/read-input";
import { asList } from "../../web/read-rules";
import { makeInvoice, nextVersion } from "../data/invoice";
import { makeFaultSettings, type StandIn } from "../stand-in";

type Apply = (standIn: StandIn, value: unknown) => void | Promise<void>;

/** What can be switched on, by the name in the body of `POST /sandbox/faults`. Rules add up; settings are replaced. */
const FAULTS: Record<string, Apply> = {
  /** Everything works again; what has happened stays. */
  clear: (standIn, value) => {
    if (value === true) Object.assign(standIn.faults, makeFaultSettings(standIn.options));
  },
  ...CALL_FAULTS,
  /** `true`: that of the next decision. */
  loseAnswerNext: (standIn, value) => {
    CALL_FAULTS.loseAnswerNext?.(standIn, value === true ? { method: "PUT" } : value);
  },
  expireRequest: (standIn, value) => expireRequest(standIn, readRecord(value, "expireRequest")),
  revokeKey: (standIn, value) => revokeKeys(standIn, readRecord(value, "revokeKey")),
  invalidateTokens: (standIn, value) => {
    if (value === true) standIn.store.state.tokens = {};
  },
  notIssued: ({ faults }, value) => {
    faults.notIssued = readNumbers(value, "notIssued");
  },
  withholdNextKey: ({ faults }, value) => {
    faults.withholdNextKey.push(...readNumbers(value, "withholdNextKey"));
  },
  revokeNextKey: ({ faults }, value) => {
    faults.revokeNextKey.push(...readNumbers(value, "revokeNextKey"));
  },
  endedVersions: ({ faults }, value) => {
    faults.endedVersions = asList(value).map((version) => readText(version, "endedVersions"));
  },
  customerStatus: ({ faults }, value) => {
    for (const [companyId, status] of Object.entries(readRecord(value, "customerStatus")))
      faults.customerStatus[companyId] = readText(status, companyId);
  },
  customersPerPage: ({ faults }, value) => {
    faults.customersPerPage = value === null ? null : readNumber(value, "customersPerPage");
  },
  vatPercents: ({ faults }, value) => {
    faults.vatPercents = readNumbers(value, "vatPercents");
  },
  closedUntil: ({ faults }, value) => {
    // Of the named companies alone; null opens everything again.
    for (const [companyId, day] of Object.entries(readRecord(value, "closedUntil"))) {
      if (day === null) delete faults.closedUntil[companyId];
      else faults.closedUntil[companyId] = readText(day, companyId);
    }
  },
  skewNextTotal: ({ faults }, value) => {
    faults.skewNextTotal.push(...readNumbers(value, "skewNextTotal"));
  },
  /** An invoice that somebody else made in the company: another integration, or a person. */
  addForeignInvoice: (standIn, value) => addForeignInvoice(standIn, readRecord(value, "addForeignInvoice")),
  /** A customer or a product that another integration or a person put into the company's register; `fields` have the vendor's names. */
  addForeignPartner: (standIn, value) =>
    addForeign(standIn, "partners", readRecord(value, "addForeignPartner")),
  addForeignProduct: (standIn, value) =>
    addForeign(standIn, "products", readRecord(value, "addForeignProduct")),
  /** What a person does with an invoice there, e.g. sends it. */
  setInvoiceStatus: (standIn, value) => setInvoiceStatus(standIn, readRecord(value, "setInvoiceStatus")),
  requestLifetimeSeconds: ({ faults }, value) => {
    faults.requestLifetimeSeconds = readNumber(value, "requestLifetimeSeconds");
  },
  maxSimultaneousActivations: ({ faults }, value) => {
    faults.maxSimultaneousActivations =
      value === null ? null : readNumber(value, "maxSimultaneousActivations");
  },
  technicalUserRights: ({ faults }, value) => {
    // Of the named companies alone; null gives one its own rights back.
    for (const [companyId, rights] of Object.entries(readRecord(value, "technicalUserRights"))) {
      if (rights === null) delete faults.technicalUserRights[companyId];
      else faults.technicalUserRights[companyId] = readRights(rights, companyId);
    }
  },
};

function readRights(rights: unknown, companyId: string): Record<string, string> {
  const entries = Object.entries(readRecord(rights, companyId));
  return Object.fromEntries(entries.map(([path, level]) => [path, readText(level, path)]));
}

export async function applyFaults(standIn: StandIn, body: unknown): Promise<void> {
  const wanted = Object.entries(readRecord(body, "the body"));
  for (const [name, value] of wanted) {
    const apply = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
    if (!apply) throw invalid(`there is no fault ${name}`);
    await apply(standIn, value);
  }
  standIn.store.save();
}

function addForeignInvoice(standIn: StandIn, input: Input): void {
  const { state } = standIn.store;
  const [number, date] = [
    readText(input.originalInvoiceNumber, "originalInvoiceNumber"),
    readText(input.date, "date"),
  ];
  const row = {
    product: "Foreign",
    quantity: 1,
    unit: "PIECE",
    unitPrice: 10,
    discountPercent: 0,
    vatPercent: 0,
  };
  state.invoices.push(
    makeInvoice(
      {
        type: "SALES_INVOICE",
        date,
        counterParty: { counterPartyAddress: { name: readText(input.name, "name") } },
        paymentInfo: { currency: "EUR", dueDate: date, currencyRate: 1 },
        extraInfo: { accountingByRow: false, unitPricesIncludeVat: false },
        discountPercent: 0,
        invoiceRows: [row],
        invoiceChannel: "NO_SENDING",
        originalInvoiceNumber: number,
      },
      {
        id: state.nextInvoiceId,
        user: { userId: 1, companyId: readNumber(input.companyId, "companyId") },
        skewCents: 0,
      },
    ),
  );
  state.nextInvoiceId += 1;
}

function addForeign({ store: { state } }: StandIn, register: "partners" | "products", input: Input): void {
  const fields = readRecord(input.fields, "fields");
  state[register].push({
    companyId: readNumber(input.companyId, "companyId"),
    body: { ...fields, id: state.nextRegisteredId, version: nextVersion() },
  });
  state.nextRegisteredId += 1;
}

function setInvoiceStatus(standIn: StandIn, input: Input): void {
  const id = readNumber(input.id, "id");
  const invoice = standIn.store.state.invoices.find(({ body }) => body.id === id);
  if (!invoice) throw invalid("there is no such invoice");
  invoice.body.status = readText(input.status, "status");
}

function expireRequest(standIn: StandIn, input: Input): void {
  const id = Number(input.requestId);
  const request = standIn.store.state.requests.find((candidate) => candidate.id === id);
  if (!request) throw invalid("there is no such request");
  request.expiresAt = new Date(Date.now() - 1000).toISOString();
}

/** Revoking a key ends its live tokens too, as removing the user does at the vendor. */
function revokeKeys(standIn: StandIn, input: Input): void {
  const companyId = readNumber(input.companyId, "companyId");
  const integrationId = optional(input.vendorIntegrationId, "vendorIntegrationId", readText);
  const { state } = standIn.store;
  const users = state.technicalUsers.filter(
    (user) =>
      user.companyId === companyId && (integrationId === undefined || user.integrationId === integrationId),
  );
  if (users.length === 0) throw invalid("there is no such key");
  const keys = new Set(users.map(({ apiKey }) => apiKey));
  for (const user of users) user.isRevoked = true;
  state.tokens = Object.fromEntries(
    Object.entries(state.tokens).filter(([, { apiKey }]) => !keys.has(apiKey)),
  );
}
