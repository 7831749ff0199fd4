/** `making`: the worker is at it, or will be; `gone`: its key is destroyed. */
export const EXPORT_STATES = ["making", "ready", "failed", "gone"] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** Why an export was not made: the connection ended first, which destroyed what it was made of, or something does not open. */
export const EXPORT_PROBLEMS = ["connection_ended", "cannot_be_opened"] as const;
export type ExportProblem = (typeof EXPORT_PROBLEMS)[number];

/** Lines of each file, without the heading. */
export const EXPORT_FILES = ["records", "outcomes", "history", "deliveries", "acceptances"] as const;
export type ExportFile = (typeof EXPORT_FILES)[number];
export type ExportCounts = Partial<Record<ExportFile, number>>;

/** An export as the customer's pages show it. */
export type ExportView = {
  id: string;
  state: ExportState;
  problem: ExportProblem | null;
  askedAt: string;
  /** When its key is destroyed, or was. */
  endsAt: string;
  /** Lines read so far and all that are to be read: each is read twice, for its two forms. */
  progress: { done: number; total: number };
  sizeBytes: number;
  counts: ExportCounts | null;
};

/** Beside it, what the offer of one needs. */
export type ExportOffer = {
  /** The newest one that is being made, can be fetched, or was not made. */
  current: ExportView | null;
  /** Whether anything was ever delivered through the connection and is still kept. */
  hasRows: boolean;
};

/** Where the gateway gives out exports for web, at its internal address. */
export const EXPORTS_PATH = "/internal/exports";
