import { ArrowRight, LayoutGrid } from "lucide-react";
import { useTranslations } from "next-intl";
import { GuideLink } from "@/components/guide/guide-link";
import { EmptyState } from "@/components/ui/empty-state";
import { langOf } from "@/components/ui/lang-of";
import { Link } from "@/components/ui/link";
import { Monogram } from "../flow/monogram";
import { LanguageNote } from "../flow/specification/language-note";
import type { CatalogueCard } from "./catalogue-card";

function IntegrationCard({ card }: { card: CatalogueCard }) {
  const t = useTranslations("site.catalogue");
  return (
    <li className="relative grid content-start gap-3 rounded-xl border border-line bg-surface p-5 shadow-card transition-colors focus-within:border-line-strong hover:border-line-strong">
      <div className="flex items-center gap-3">
        <Monogram name={card.partnerName} />
        <div className="min-w-0">
          <h3 className="font-semibold">
            {/* The link's area covers the card; its text stays the card's name. */}
            <Link href={card.href} className="rounded-sm after:absolute after:inset-0 after:rounded-xl">
              {card.name}
            </Link>
          </h3>
          <p className="text-sm text-ink-soft">{t("by", { partner: card.partnerName })}</p>
        </div>
      </div>
      <p className="text-sm" lang={langOf(card.language)}>
        {card.summary}
      </p>
      <LanguageNote language={card.language} />
      <p className="mt-auto flex items-center justify-between gap-3 text-sm text-ink-soft">
        {t("for", { connector: card.connectorName })}
        <ArrowRight aria-hidden className="size-4" />
      </p>
      {/* Above the area of the card's own link. */}
      <GuideLink
        connector={{ id: card.connectorId, name: card.connectorName }}
        className="relative z-10 justify-self-start text-sm"
      />
    </li>
  );
}

/** The public integrations. */
export function Catalogue({ cards }: { cards: CatalogueCard[] }) {
  const t = useTranslations("site.catalogue");
  return (
    <section id="integrations" aria-labelledby="integrations-title" className="grid gap-4 pt-10">
      <div className="grid gap-1">
        <h2 id="integrations-title" className="text-xl font-semibold tracking-tight">
          {t("title")}
        </h2>
        <p className="text-sm text-ink-soft">{t("intro", { count: cards.length })}</p>
      </div>
      {cards.length === 0 ? (
        <EmptyState icon={LayoutGrid} title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {cards.map((card) => (
            <IntegrationCard key={card.integrationId} card={card} />
          ))}
        </ul>
      )}
    </section>
  );
}
