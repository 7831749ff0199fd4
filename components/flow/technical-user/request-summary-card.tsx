import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/text-link";
import type { TechnicalUserView } from "@/lib/activation/draft/schema";
import { PriceWords } from "../price-words";
import { useVendorWords } from "../use-vendor-words";

const SHOWN_AT_ONCE = 5;

type Environments = TechnicalUserView["environments"];

function EnvironmentNames({ environments }: { environments: Environments }) {
  return (
    <ul className="grid gap-1">
      {environments.map(({ name, businessId }) => (
        <li key={`${name} ${businessId}`}>
          {name} {businessId && <span className="text-ink-soft tabular-nums">{businessId}</span>}
        </li>
      ))}
    </ul>
  );
}

function EnvironmentsPicked({ environments }: { environments: Environments }) {
  const t = useTranslations("technicalUser.summary");
  const rest = environments.slice(SHOWN_AT_ONCE);
  return (
    <div className="grid gap-2">
      <EnvironmentNames environments={environments.slice(0, SHOWN_AT_ONCE)} />
      {rest.length > 0 && (
        <Disclosure summary={t("more", { count: rest.length })}>
          <EnvironmentNames environments={rest} />
        </Disclosure>
      )}
    </div>
  );
}

type Props = { view: TechnicalUserView; environmentsHref: string };

/** Where, how much, and what becomes of the rest. */
export function RequestSummaryCard({ view, environmentsHref }: Props) {
  const t = useTranslations("technicalUser.summary");
  const words = useVendorWords(view.connector.id, "technicalUser.summary");
  const { environments, declinedCount, price, partnerName, connector } = view;
  return (
    <CardSection
      id="summary"
      title={t("title")}
      aside={
        <TextLink href={environmentsHref} className="text-sm">
          {t("change")}
        </TextLink>
      }
    >
      <DescriptionList>
        <Description term={t("environments", { count: environments.length })}>
          <EnvironmentsPicked environments={environments} />
        </Description>
        {declinedCount > 0 && (
          <Description term={t("declined")}>
            {words("declinedHelp", { count: declinedCount, connector: connector.name })}
          </Description>
        )}
        <Description term={t("cost")}>
          <PriceWords price={price} partnerName={partnerName} count={environments.length} />
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
