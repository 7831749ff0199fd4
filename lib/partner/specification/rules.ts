/** Connections of a version are counted up to this many. */
export const CONNECTIONS_COUNTED = 10_000;

/** Why a version was not published at the time that was set for it. */
export const PUBLICATION_REFUSALS = ["newer_published"] as const;
export type PublicationRefusal = (typeof PUBLICATION_REFUSALS)[number];
