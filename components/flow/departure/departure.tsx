import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Spinner } from "@/components/ui/spinner";
import { TextLink } from "@/components/ui/text-link";
import type { DepartureView } from "@/lib/activation/grant/schema";
import { ContinueAtVendor } from "../environments/continue-at-vendor";
import { SlowVendor } from "../slow-vendor";
import { VendorAnswerDetails } from "../status/vendor-answer-details";
import { LeaveFor } from "./leave-for";

type Props = { view: DepartureView; linkToken: string; beginConsent: FormAction };

/** On the way to the vendor: waits for the address, leaves for it, or says that there is none. */
export function Departure({ view, linkToken, beginConsent }: Props) {
  const t = useTranslations("departure");
  const values = { connector: view.connectorName };
  if (view.state === "refused") {
    return (
      <Alert
        tone="warning"
        title={t("refused.title", values)}
        action={
          <ContinueAtVendor
            linkToken={linkToken}
            connectorName={view.connectorName}
            beginConsent={beginConsent}
          />
        }
      >
        <p>{t("refused.body", values)}</p>
        {view.vendorAnswer && (
          <VendorAnswerDetails answer={view.vendorAnswer} connectorName={view.connectorName} />
        )}
      </Alert>
    );
  }
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={t("heading", values)} />
      <p role="status" className="text-sm text-ink-soft">
        <Spinner>{t(view.state, values)}</Spinner>
      </p>
      {view.state === "preparing" ? (
        <>
          <RefreshEvery seconds={1} />
          <SlowVendor connectorName={view.connectorName} vendorAnswer={view.vendorAnswer} />
        </>
      ) : (
        <>
          <LeaveFor url={view.url} />
          <p className="text-sm">
            <TextLink href={view.url}>{t("link", values)}</TextLink>
          </p>
        </>
      )}
    </Card>
  );
}
