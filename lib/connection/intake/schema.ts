import type { RowState } from "@/lib/connection/delivery/schema";
import type { FileProblem } from "./format/schema";

/** Folders that take files; `root` is `/`. */
export const UPLOAD_FOLDERS = ["root", "documents", "attachments"] as const;
export type UploadFolder = (typeof UPLOAD_FOLDERS)[number];

/** Folders that give files out. */
export const RESULT_FOLDERS = ["Log", "Result"] as const;
export type ResultFolder = (typeof RESULT_FOLDERS)[number];

/**
 * `receiving` until CLOSE, also when the line broke; `closed` until it is taken; `taken` while it is read; `delivered` while its
 * rows are on their way; `done` once the result was written; `quarantined`: it cannot be read, `problem` says why.
 */
export const UPLOAD_STATES = ["receiving", "closed", "taken", "delivered", "done", "quarantined"] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** Why a file is not read, beside what its format shows. */
export const UPLOAD_PROBLEMS = ["format_unsupported", "entity_unknown", "damaged"] as const;
export type UploadProblem =
  | FileProblem
  | {
      code: (typeof UPLOAD_PROBLEMS)[number];
      detail?: Readonly<Record<string, string | number>>;
    };

/** A public key that may sign in. */
export type IntakeKey = { name: string; key: string; fingerprint: string; addedAt: string };

/** An sFTP account as its own customer sees it. */
export type AccountView = {
  integrationId: string;
  userName: string;
  /** null: it has no password. */
  passwordSetAt: string | null;
  keys: { name: string; fingerprint: string; addedAt: string }[];
  networks: string[];
  allowsAnyAddress: boolean;
  /** Until then every address is let in; null: that time is over. */
  asksUntil: string | null;
  closedAt: string | null;
  foundAt: string | null;
};

export type AddressView = {
  address: string;
  /** Whether right credentials were let in from there; null: there were only wrong ones. */
  wasAllowed: boolean | null;
  lastAt: string;
  failures: number;
};

/** An upload's state with what is told apart on a page: `broken` off, `unnamed` until a rename, `kept` in a folder beside. */
export type FileStatus = Exclude<UploadState, "closed"> | "broken" | "unnamed" | "waiting" | "kept";

export type FileView = {
  id: string;
  folder: UploadFolder;
  name: string;
  status: FileStatus;
  sizeBytes: number;
  sentAt: string;
  entity: string | null;
  deliveryId: string | null;
  /** Records in it, and those that were rejected when it was read; null until it was. */
  rowCount: number | null;
  rejectedCount: number | null;
  counts: Partial<Record<RowState, number>>;
  problem: UploadProblem | null;
  results: { folder: ResultFolder; name: string; fetchedAt: string | null }[];
};

/** The steps of a first import, in their order. */
export const FIRST_STEPS = ["account", "signIn", "rows", "result", "found", "more"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];
export type Progress = Record<FirstStep, boolean>;
