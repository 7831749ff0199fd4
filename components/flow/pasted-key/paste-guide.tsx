import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import type { PasteGuide as Guide } from "@/lib/activation/pasted-key/schema";
import { RightsList } from "../rights/rights-list";
import { LanguageNote } from "../specification/language-note";

/** The vendor's steps have as many entries as it takes, named by their numbers. */
function useSteps(connectorId: string): string[] {
  const t = useTranslations("vendors");
  const steps: string[] = [];
  while (t.has(`${connectorId}.pastedKey.steps.${steps.length + 1}`))
    steps.push(`${connectorId}.pastedKey.steps.${steps.length + 1}`);
  return steps;
}

/** What the vendor's screen asks for to know whose key it makes. */
function ApplicationKey({ guide, value }: { guide: Guide; value: string }) {
  const t = useTranslations();
  return (
    <div className="grid gap-1.5 rounded-lg border border-line bg-sunken px-3.5 py-3 text-sm">
      <p className="font-medium">{t(`vendors.${guide.connector.id}.pastedKey.applicationKey`)}</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <code className="min-w-0 wrap-anywhere">{value}</code>
        <CopyButton text={value} label={t("pastedKey.guide.copy")} />
      </div>
    </div>
  );
}

/** Where to click at the vendor, with the names that its own menus have. */
export function PasteGuide({ guide }: { guide: Guide }) {
  const t = useTranslations("pastedKey.guide");
  const vendor = useTranslations("vendors");
  const steps = useSteps(guide.connector.id);
  const values = {
    connector: guide.connector.name,
    integration: guide.integrationName,
    partner: guide.partnerName,
  };
  const place = (chunks: React.ReactNode) => <strong className="font-medium">{chunks}</strong>;
  return (
    <CardSection
      id="guide"
      title={t("title", values)}
      intro={vendor(`${guide.connector.id}.pastedKey.note`, values)}
    >
      <div className="grid gap-4">
        <ol className="grid list-decimal gap-2 pl-5 text-sm marker:text-ink-soft">
          {steps.map((step) => (
            <li key={step}>{vendor.rich(step, { ...values, place })}</li>
          ))}
        </ol>
        {guide.applicationKey !== null && <ApplicationKey guide={guide} value={guide.applicationKey} />}
        <Disclosure summary={t("rights", { count: guide.rights.length })}>
          <RightsList rights={guide.rights} connectorId={guide.connector.id} language={guide.language} />
          <LanguageNote language={guide.language} />
        </Disclosure>
      </div>
    </CardSection>
  );
}
