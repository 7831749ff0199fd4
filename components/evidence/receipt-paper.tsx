import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { Receipt, ToldPersons } from "@/lib/connection/evidence/schema";

type Part = { document: Receipt; persons: ToldPersons };

function Facts({ document, persons }: Part) {
  const t = useTranslations("evidence.receipt");
  const languages = useTranslations("specification.languages");
  const { acceptance, request, integration, connector, partner } = document;
  const by = (field: "acceptedBy" | "submittedBy") => persons[field]?.value ?? t("erased");
  return (
    <CardSection id="facts" title={t("facts")}>
      <DescriptionList>
        <Description term={t("integration")}>
          {t("integrationBy", { integration: integration.name, partner, connector: connector.name })}
          {integration.stage === "test" && <span className="block text-ink-soft">{t("testStage")}</span>}
        </Description>
        <Description term={t("accepted")}>
          {t.rich("by", { who: by("acceptedBy"), time: () => <Time at={acceptance.acceptedAt} isZoned /> })}
        </Description>
        <Description term={t("submitted")}>
          {t.rich("by", { who: by("submittedBy"), time: () => <Time at={request.submittedAt} isZoned /> })}
        </Description>
        <Description term={t("version")}>{acceptance.specificationVersion}</Description>
        {acceptance.language && (
          <Description term={t("language")}>
            {languages.has(acceptance.language) ? languages(acceptance.language) : acceptance.language}
          </Description>
        )}
        <Description term={t("contentHash")}>
          <code className="text-xs wrap-anywhere">{acceptance.contentHash}</code>
          <p className={acceptance.isIntact ? "text-ink-soft" : "font-medium text-danger-text"}>
            {t(acceptance.isIntact ? "intact" : "notIntact")}
          </p>
        </Description>
        <Description term={t("request")}>
          <code className="text-xs wrap-anywhere">{request.id}</code>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}

function Companies({ document }: Pick<Part, "document">) {
  const t = useTranslations("evidence.receipt");
  return (
    <CardSection id="companies" title={t("companies", { count: document.environments.length })}>
      <ul className="divide-y divide-line text-sm">
        {document.environments.map(({ externalId, name, businessId }) => (
          <li key={externalId} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <span className="text-ink-soft tabular-nums">{businessId ?? externalId}</span>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}

/** What was accepted, as the signed document has it. */
export function ReceiptPaper({ document, persons }: Part) {
  const t = useTranslations("evidence.receipt");
  const { language } = document.acceptance;
  return (
    <>
      <Facts document={document} persons={persons} />
      <Companies document={document} />
      {document.settings.length > 0 && (
        <CardSection id="settings" title={t("settings")}>
          <DescriptionList>
            {document.settings.map(({ name, label, value }) => (
              <Description key={name} term={label}>
                {value ?? t("empty")}
              </Description>
            ))}
          </DescriptionList>
        </CardSection>
      )}
      <CardSection id="specification" title={t("specification")} intro={t("specificationIntro")}>
        <div lang={language ?? undefined}>
          <DescriptionList>
            {document.specification.map(({ field, label, lines }) => (
              <Description key={field} term={label}>
                <div className="grid gap-1">
                  {lines.map((line, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a signed document are not moved, and two may read the same
                    <p key={index} className="whitespace-pre-line wrap-anywhere">
                      {line}
                    </p>
                  ))}
                </div>
              </Description>
            ))}
          </DescriptionList>
        </div>
      </CardSection>
    </>
  );
}
