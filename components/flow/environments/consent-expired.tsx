import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";
import { ContinueAtVendor } from "./continue-at-vendor";

/** The vendor keeps a consent for a while only; what was ticked is kept by us. */
export function ConsentExpired({ view, beginConsent }: { view: EnvironmentsView; beginConsent: FormAction }) {
  const t = useTranslations("environments.expired");
  const words = useVendorWords(view.connectorId, "environments.expired");
  if (view.consent.state === "expired" && view.consent.keysFrom === "customer" && view.pasteHref !== null)
    return <KeyExpired pasteHref={view.pasteHref} />;
  return (
    <Alert
      tone="warning"
      title={t("title", { connector: view.connectorName })}
      action={
        <ContinueAtVendor
          linkToken={view.linkToken}
          connectorName={view.connectorName}
          beginConsent={beginConsent}
        />
      }
    >
      {words("body", { connector: view.connectorName })}
    </Alert>
  );
}

function KeyExpired({ pasteHref }: { pasteHref: string }) {
  const t = useTranslations("pastedKey.expired");
  const action = <LinkButton href={pasteHref}>{t("again")}</LinkButton>;
  return (
    <Alert tone="warning" title={t("title")} action={action}>
      {t("body")}
    </Alert>
  );
}
