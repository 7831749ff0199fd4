/** A published integration as the public catalogue shows it. */
export type CatalogueCard = {
  integrationId: string;
  name: string;
  partnerName: string;
  connectorId: string;
  connectorName: string;
  summary: string;
  href: string;
};
