import { useTranslations } from "next-intl";
import { ListRow } from "@/components/home/list-row";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { UsedIntegration } from "@/lib/operations/company/schema";
import { StartPlan } from "./start-plan";

type Listed = { id: string; slug: string; name: string; partnerName: string; connectorName: string };

type Props = {
  used: UsedIntegration[];
  others: Listed[];
  /** Gets `integrationId` and `companyIds`. */
  startPlan: FormAction;
  hrefs: { home: string; link: (linkToken: string) => string; listed: (slug: string) => string };
};

function UsedRow({
  integration,
  startPlan,
  hrefs,
}: { integration: UsedIntegration } & Omit<Props, "used" | "others">) {
  const t = useTranslations();
  const { id, name, partnerName, connector, linkToken, connectedCount, lackingCount } = integration;
  const { count, isMore } = connectedCount;
  return (
    <li className="grid gap-3 py-4 text-sm first:pt-1 last:pb-0 sm:flex sm:items-center sm:justify-between sm:gap-6">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="text-ink-soft">
          {t("activateMore.usedDetail", { partner: partnerName, connector: connector.name })}
          {" · "}
          {t(isMore ? "activateMore.connectedMore" : "activateMore.connected", { count })}
        </p>
      </div>
      {linkToken ? (
        <div className="flex flex-wrap items-center gap-2 sm:justify-end">
          {lackingCount !== null && lackingCount > 0 && (
            <StartPlan action={startPlan} integrationId={id} pendingLabel={t("company.pending")} size="small">
              {t("activateMore.inLacking", { count: lackingCount })}
            </StartPlan>
          )}
          <LinkButton href={hrefs.link(linkToken)} variant="secondary" size="small">
            {t("companies.addCompanies")}
          </LinkButton>
        </div>
      ) : (
        <p className="text-ink-soft">{t("companies.lacking.noLink", { partner: partnerName })}</p>
      )}
    </li>
  );
}

/** Where an account goes on from what it has: in more companies, or with another integration. */
export function ActivateMore({ used, others, startPlan, hrefs }: Props) {
  const t = useTranslations("activateMore");
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <TextLink href={hrefs.home} className="justify-self-start text-sm">
          {useTranslations("company")("toHome")}
        </TextLink>
        <PageHeading title={t("title")}>{used.length > 0 && <p>{t("intro")}</p>}</PageHeading>
      </div>
      {used.length > 0 && (
        <CardSection id="used" title={t("used")}>
          <ul className="divide-y divide-line">
            {used.map((integration) => (
              <UsedRow key={integration.id} integration={integration} startPlan={startPlan} hrefs={hrefs} />
            ))}
          </ul>
        </CardSection>
      )}
      <CardSection id="others" title={t("others")} intro={t("othersIntro")}>
        {others.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("noOthers")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {others.map(({ id, slug, name, partnerName, connectorName }) => (
              <ListRow
                key={id}
                href={hrefs.listed(slug)}
                title={name}
                detail={t("usedDetail", { partner: partnerName, connector: connectorName })}
              />
            ))}
          </ul>
        )}
      </CardSection>
    </div>
  );
}
