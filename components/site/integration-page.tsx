import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { GuideLink } from "@/components/guide/guide-link";
import { Main } from "@/components/shell/container";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { langOf } from "@/components/ui/lang-of";
import { StatusPill } from "@/components/ui/status-pill";
import { OutsideLink, TextLink } from "@/components/ui/text-link";
import { CalendarDate } from "@/components/ui/time";
import type { ListedIntegration } from "@/lib/catalogue/listing/schema";
import { Monogram } from "../flow/monogram";
import { PriceWords } from "../flow/price-words";
import { LanguageNote } from "../flow/specification/language-note";
import { WholeSpecification } from "../flow/specification/whole-specification";
import { SupportContact } from "../flow/support-contact";

type Props = { listed: ListedIntegration; hrefs: { catalogue: string; begin: string } };

function Identity({ listed }: { listed: ListedIntegration }) {
  const t = useTranslations("shell.flow");
  const { content, partner, connector } = listed;
  return (
    <div className="grid min-w-0 gap-4">
      <div className="flex items-start gap-4">
        <Monogram name={partner.name} className="sm:size-14" />
        <div className="grid min-w-0 gap-1">
          <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere sm:text-[1.75rem] sm:leading-9">
            {content.name}
          </h1>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-soft wrap-anywhere">
            {t("byFor", { partner: partner.name, connector: connector.name })}
            {listed.stage === "test" && <StatusPill tone="warning">{t("testStage")}</StatusPill>}
          </p>
        </div>
      </div>
      <p className="max-w-prose text-lg wrap-anywhere" lang={langOf(content.languages.summary)}>
        {content.summary}
      </p>
      <LanguageNote language={content.languages.summary} />
    </div>
  );
}

/** Leads to the review, which signs nobody in and switches nothing on. */
function Begin({ listed, href }: { listed: ListedIntegration; href: string }) {
  const t = useTranslations("catalogue.page");
  if (!listed.canBegin)
    return <p className="text-sm text-ink-soft">{t("closed", { partner: listed.partner.name })}</p>;
  return (
    <>
      {/* Loaded as a whole: the language of the review is the reader's choice. Its address is for people alone. */}
      <a href={href} rel="nofollow" className={buttonClass("primary", "large", "w-full")}>
        {t("begin")}
      </a>
      <p className="text-sm text-ink-soft">{t("beginHelp")}</p>
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5 py-2.5 first:pt-0 last:pb-0">
      <dt className="text-xs font-medium text-ink-soft">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function Facts({ listed, catalogueHref }: { listed: ListedIntegration; catalogueHref: string }) {
  const t = useTranslations("catalogue");
  const { content, partner, connector, kind, version, publishedOn } = listed;
  return (
    <dl className="divide-y divide-line text-sm">
      <Fact term={t("page.price")}>
        <PriceWords price={content.price} partnerName={partner.name} count={1} />
      </Fact>
      <Fact term={t("page.partner")}>
        {partner.websiteUrl ? (
          <OutsideLink href={partner.websiteUrl}>{partner.name}</OutsideLink>
        ) : (
          partner.name
        )}
      </Fact>
      <Fact term={t("page.connector")}>
        <TextLink href={`${catalogueHref}?vendor=${connector.id}`}>{connector.name}</TextLink>
      </Fact>
      {kind !== "other" && (
        <Fact term={t("page.kind")}>
          <TextLink href={`${catalogueHref}?kind=${kind}`}>{t(`kinds.${kind}`)}</TextLink>
        </Fact>
      )}
      <Fact term={t("page.support")}>
        <SupportContact support={content.support} />
      </Fact>
      <Fact term={t("page.guide")}>
        <GuideLink connector={connector} />
      </Fact>
      <Fact term={t("page.version")}>
        {publishedOn === null
          ? version
          : t.rich("page.versionLine", { version, date: () => <CalendarDate on={publishedOn} /> })}
      </Fact>
    </dl>
  );
}

/** Everything that a customer would be asked to accept, for everybody to read; and the way to begin. */
export function IntegrationPage({ listed, hrefs }: Props) {
  const t = useTranslations("catalogue.page");
  return (
    <Main className="grid gap-6">
      <p>
        <TextLink href={hrefs.catalogue} className="text-sm">
          <ArrowLeft aria-hidden className="mr-1.5 inline size-3.5 align-[-0.125em]" />
          {t("back")}
        </TextLink>
      </p>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid min-w-0 content-start gap-8">
          <Identity listed={listed} />
          <div className="lg:hidden">
            <Begin listed={listed} href={hrefs.begin} />
          </div>
          <WholeSpecification
            content={listed.content}
            partnerName={listed.partner.name}
            connector={listed.connector}
          />
        </div>
        <aside aria-labelledby="glance" className="lg:sticky lg:top-6 lg:self-start">
          <Card className="grid gap-4 px-5 py-5">
            <h2 id="glance" className="font-semibold">
              {t("glance")}
            </h2>
            <div className="hidden gap-3 lg:grid">
              <Begin listed={listed} href={hrefs.begin} />
            </div>
            <Facts listed={listed} catalogueHref={hrefs.catalogue} />
          </Card>
        </aside>
      </div>
    </Main>
  );
}
