import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { ContactLink } from "@/components/ui/text-link";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { KeyEntry } from "../pasted-key/key-entry";
import { useVendorWords } from "../use-vendor-words";
import { ContinueAtVendor } from "./continue-at-vendor";
import { EnvironmentRow } from "./environment-row";

type Props = {
  view: EnvironmentsView;
  beginConsent: FormAction;
  shareUrl: string;
  handOverHref: string | null;
};

/** Nothing can be ticked: what to do, the link for a colleague with the rights, and the reasons one by one. */
export function NoEnvironments({ view, beginConsent, shareUrl, handOverHref }: Props) {
  const t = useTranslations("environments.none");
  const words = useVendorWords(view.connectorId, "environments.none");
  const values = { connector: view.connectorName, partner: view.partnerName };
  return (
    <>
      <EmptyState
        icon={Building2}
        title={t("title", values)}
        action={
          <div className="flex flex-wrap items-center justify-center gap-3">
            {handOverHref !== null && (
              <LinkButton href={handOverHref} size="small">
                {t("handOver")}
              </LinkButton>
            )}
            <CopyButton text={shareUrl} label={t("copyLink")} />
          </div>
        }
      >
        <p>{words(view.options.length === 0 ? "bodyEmpty" : "bodyBlocked", values)}</p>
        <p>{t("colleague", values)}</p>
      </EmptyState>
      {view.options.length > 0 && (
        <Card>
          <ul aria-label={t("listLabel", values)} className="divide-y divide-line">
            {view.options.map((option) => (
              <EnvironmentRow
                key={option.candidateId}
                option={option}
                connector={{ id: view.connectorId, name: view.connectorName }}
                isPicked={false}
                isNameShared
              />
            ))}
          </ul>
        </Card>
      )}
      <ContinueAtVendor
        variant="secondary"
        linkToken={view.linkToken}
        connectorName={view.connectorName}
        beginConsent={beginConsent}
      />
      <KeyEntry href={view.pasteHref} connectorName={view.connectorName} />
      <p className="text-sm text-ink-soft">
        {t.rich("support", {
          ...values,
          email: view.supportEmail,
          link: (chunks) => <ContactLink href={`mailto:${view.supportEmail}`}>{chunks}</ContactLink>,
        })}
      </p>
    </>
  );
}
