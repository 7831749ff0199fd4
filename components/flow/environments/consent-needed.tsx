import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { KeyEntry } from "../pasted-key/key-entry";
import { useVendorWords } from "../use-vendor-words";
import { BatchToPick } from "./batch-notes";
import { ContinueAtVendor } from "./continue-at-vendor";

/** Before the consent: what will happen at the vendor, and the way there. */
export function ConsentNeeded({ view, beginConsent }: { view: EnvironmentsView; beginConsent: FormAction }) {
  const t = useTranslations("environments.consent");
  const values = { connector: view.connectorName, integration: view.integrationName, cap: view.cap };
  const words = useVendorWords(view.connectorId, "environments.consent");
  const steps = ["signIn", view.selectsAt === "portal" ? "allow" : "pick", "comeBack"] as const;
  return (
    <CardSection id="consent" title={t("title", values)} intro={t("intro", values)}>
      <ol className="grid list-decimal gap-1.5 py-2 pl-5 text-sm marker:text-ink-soft">
        {steps.map((step) => (
          <li key={step}>{words(`steps.${step}`, values)}</li>
        ))}
      </ol>
      {view.batch && <BatchToPick batch={view.batch} connectorName={view.connectorName} />}
      <div className="pt-4">
        <ContinueAtVendor
          linkToken={view.linkToken}
          connectorName={view.connectorName}
          beginConsent={beginConsent}
        />
      </div>
      <div className="pt-4">
        <KeyEntry href={view.pasteHref} connectorName={view.connectorName} />
      </div>
    </CardSection>
  );
}
