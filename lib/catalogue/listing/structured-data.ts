import type { ListedIntegration } from "./schema";

/**
 * What search engines read of a page, as JSON-LD by schema.org, for a script element. An offer stands in it when the price is known; a
 * rating never does.
 */
export function writeStructuredData(
  { content, partner, connector }: ListedIntegration,
  address: string,
): string {
  const { price } = content;
  const data = {
    "@context": "https://schema.org",
    "@type": "SoftwareApplication",
    name: content.name,
    description: content.summary,
    url: address,
    applicationCategory: "BusinessApplication",
    operatingSystem: connector.name,
    provider: {
      "@type": "Organization",
      name: partner.name,
      ...(partner.websiteUrl && { url: partner.websiteUrl }),
    },
    ...(price.kind === "known" && {
      offers: {
        "@type": "Offer",
        price: (price.amountMinor / 100).toFixed(2),
        priceCurrency: price.currency,
      },
    }),
  };
  // Whatever a partner writes stays within the element.
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
