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
