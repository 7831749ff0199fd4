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
