export const DRAFT_STATES = ["open", "submitted", "discarded", "expired"] as const;
export type DraftState = (typeof DRAFT_STATES)[number];
