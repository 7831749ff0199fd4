import type { CallFaults } from "../web/call-faults";
import type { Rights } from "./model";

export type FaultSettings = CallFaults & {
  /** Companies for which the vendor makes no key although they were approved. */
  notIssued: number[];
  requestLifetimeSeconds: number;
  /** Cap of the vendor's own dialog; off, so that a portal has to keep its own. */
  maxSimultaneousActivations: number | null;
  /** Company id → rights that its technical users hold instead of those of the specification. */
  technicalUserRights: Record<string, Rights>;
  /** Companies whose next key is withheld, that one time. */
  withholdNextKey: number[];
  /** API versions that have ended, by the segment of their path; the server has no such path any more. */
  endedVersions: string[];
  /** Company id → the status of its version in the list of customers, instead of `APPROVED`. */
  customerStatus: Record<string, string>;
  /** The list of customers comes in pages of so many; null: whole. */
  customersPerPage: number | null;
  /** Companies whose next key is revoked as soon as it is made, that one time. */
  revokeNextKey: number[];
  /** VAT rates that are in use in every company. */
  vatPercents: number[];
  /** Company id → the last day of what its accountant has closed. */
  closedUntil: Record<string, string>;
  /** Cents by which the totals of the next invoices are calculated wrong, one entry each. */
  skewNextTotal: number[];
};
