import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import type { TechnicalUserView } from "@/lib/draft/schema";
import { HandOverLink } from "../hand-over/hand-over-link";
import { RightsList } from "../rights/rights-list";
import { useVendorWords } from "../use-vendor-words";
import { RequestSummaryCard } from "./request-summary-card";
import { SubmitRequestForm } from "./submit-request-form";
import { TechnicalUserCard } from "./technical-user-card";

type Props = {
  view: TechnicalUserView;
  environmentsHref: string;
  handOverHref: string;
  /** Gets `linkToken`, `specificationId` and `contentHash`. */
  submitRequest: FormAction;
};

/** The last look before the request is submitted. */
export function TechnicalUserStep({ view, environmentsHref, handOverHref, submitRequest }: Props) {
  const t = useTranslations("technicalUser");
  const words = useVendorWords(view.connector.id, "technicalUser");
  const values = {
    integration: view.integrationName,
    partner: view.partnerName,
    connector: view.connector.name,
  };
  return (
    <>
      <PageHeading title={words("title")}>
        <p>{words("intro", values)}</p>
      </PageHeading>
      <TechnicalUserCard view={view} />
      <CardSection id="rights" title={words("rights.title")} intro={t("rights.intro", values)}>
        <RightsList rights={view.rights} connectorId={view.connector.id} />
      </CardSection>
      <RequestSummaryCard view={view} environmentsHref={environmentsHref} />
      <SubmitRequestForm view={view} submitRequest={submitRequest} />
      <HandOverLink href={handOverHref} connectorName={view.connector.name} />
    </>
  );
}
