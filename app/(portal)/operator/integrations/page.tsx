import { ListingList } from "@/components/operator/integrations/listing-list";
import { listForOperator } from "@/lib/catalogue/listing/set-listing";
import { getOperator } from "@/lib/people/auth/operator";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { asOperator } from "../../as-operator";
import { setListingAction } from "./actions";

/** What stands in the public catalogue. */
export default async function OperatorIntegrationsPage() {
  const viewer = await getOperator("/operator/integrations");
  const locale = await getReaderLocale();
  return (
    <ListingList
      listings={await asOperator(viewer, listForOperator)}
      setListing={setListingAction}
      publicHref={(slug) => `/${locale}/integrations/${slug}`}
    />
  );
}
