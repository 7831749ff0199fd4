import type { TextLanguage } from "@/lib/catalogue/integration/texts";

/** A published integration as the public catalogue shows it. */
export type CatalogueCard = {
  integrationId: string;
  name: string;
  partnerName: string;
  connectorId: string;
  connectorName: string;
  summary: string;
  /** The language of the summary. */
  language: TextLanguage;
  href: string;
};
