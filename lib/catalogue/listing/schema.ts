import { z } from "zod";
import type { ConnectorView, ShownContent } from "@/lib/catalogue/integration/schema";
import { type ConnectorId, isConnectorId } from "@/lib/connectors/registry";
import type { Locale } from "@/lib/core/locales";
import { cleanLine } from "@/lib/core/outside-text";
import type { TextLanguage } from "../integration/texts";
import { INTEGRATION_KINDS, type IntegrationKind } from "./kinds";
import { type Place, readPlace } from "./rules";

export const SEARCH_MAX_LENGTH = 100;

/** A query is written by anybody: what is not understood narrows nothing. */
const one = z.union([z.string(), z.array(z.string()).transform((all) => all[0])]).optional();

export const catalogueQuery = z.object({
  q: one
    .transform((given) => cleanLine(given ?? "").slice(0, SEARCH_MAX_LENGTH))
    .transform((given) => given || undefined),
  vendor: one.transform((given): ConnectorId | undefined => (isConnectorId(given) ? given : undefined)),
  kind: one.transform((given): IntegrationKind | undefined =>
    INTEGRATION_KINDS.find((kind) => kind === given),
  ),
  after: one.transform((given): Place | undefined => readPlace(given)),
});
type CatalogueQuery = z.infer<typeof catalogueQuery>;
export type CatalogueFilter = Partial<Omit<CatalogueQuery, "after">>;

export type ListedCard = {
  slug: string;
  name: string;
  summary: string;
  /** The language of the summary. */
  language: TextLanguage;
  kind: IntegrationKind;
  stage: "test" | "production";
  partnerName: string;
  connector: { id: string; name: string };
};

export type CatalogueView = {
  cards: ListedCard[];
  /** How many fit the filter, on all pages. */
  count: number;
  /** Where the next page begins; null on the last one. */
  next: string | null;
  /** What there is to choose from, whatever is chosen. */
  vendors: { id: ConnectorId; name: string }[];
  kinds: IntegrationKind[];
};

/** A listed integration with its published version, as a reader of one language gets it. */
export type ListedIntegration = {
  slug: string;
  kind: IntegrationKind;
  stage: "test" | "production";
  partner: { name: string; websiteUrl: string | null };
  connector: ConnectorView;
  version: number;
  /** Day in UTC, as `2026-11-30`. */
  publishedOn: string | null;
  content: ShownContent;
  /** The languages in which the partner wrote all that the page shows. */
  ownLanguages: Locale[];
  /** Where search engines find the page whose texts these are. */
  canonicalLocale: Locale;
  /** Whether one of its links is open to anybody. */
  canBegin: boolean;
};

/** An integration as the operator sees it, listed or not. */
export type OperatorListing = {
  id: string;
  slug: string;
  name: string;
  partnerName: string;
  connectorName: string;
  stage: "test" | "production";
  /** The published version; null when none is. */
  version: number | null;
  isListed: boolean;
  kind: IntegrationKind;
};
