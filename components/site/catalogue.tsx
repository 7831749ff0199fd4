import { LayoutGrid } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { ListedCard } from "@/lib/catalogue/listing/schema";
import { IntegrationCard } from "./integration-card";

const SHOWN = 6;

type Props = { cards: readonly ListedCard[]; count: number; href: string };

/** The first of the public integrations, and the way to all of them. `href` is the catalogue's. */
export function Catalogue({ cards, count, href }: Props) {
  const t = useTranslations("site.catalogue");
  const words = useTranslations("catalogue");
  return (
    <section id="integrations" aria-labelledby="integrations-title" className="grid gap-4 pt-10">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid gap-1">
          <h2 id="integrations-title" className="text-xl font-semibold tracking-tight">
            {t("title")}
          </h2>
          <p className="text-sm text-ink-soft">{t("intro", { count })}</p>
        </div>
        {count > 0 && (
          <LinkButton href={href} variant="secondary" size="small">
            {words("page.back")}
          </LinkButton>
        )}
      </div>
      {cards.length === 0 ? (
        <EmptyState icon={LayoutGrid} title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {cards.slice(0, SHOWN).map((card) => (
            <IntegrationCard key={card.slug} card={card} href={`${href}/integrations/${card.slug}`} />
          ))}
        </ul>
      )}
    </section>
  );
}
