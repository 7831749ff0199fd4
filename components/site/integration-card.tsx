import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { langOf } from "@/components/ui/lang-of";
import { Link } from "@/components/ui/link";
import { StatusPill } from "@/components/ui/status-pill";
import type { ListedCard } from "@/lib/catalogue/listing/schema";
import { Monogram } from "../flow/monogram";
import { LanguageNote } from "../flow/specification/language-note";

/** A listed integration among others. */
export function IntegrationCard({ card, href }: { card: ListedCard; href: string }) {
  const t = useTranslations("site.catalogue");
  const words = useTranslations("catalogue");
  const shell = useTranslations("shell.flow");
  return (
    <li className="relative grid content-start gap-3 rounded-xl border border-line bg-surface p-5 shadow-card transition-colors focus-within:border-line-strong hover:border-line-strong">
      <div className="flex items-center gap-3">
        <Monogram name={card.partnerName} />
        <div className="min-w-0">
          <h3 className="font-semibold wrap-anywhere">
            {/* The link's area covers the card; its text stays the card's name. */}
            <Link href={href} className="rounded-sm after:absolute after:inset-0 after:rounded-xl">
              {card.name}
            </Link>
          </h3>
          <p className="text-sm text-ink-soft wrap-anywhere">{t("by", { partner: card.partnerName })}</p>
        </div>
      </div>
      <p className="text-sm wrap-anywhere" lang={langOf(card.language)}>
        {card.summary}
      </p>
      <LanguageNote language={card.language} />
      <div className="mt-auto flex items-end justify-between gap-3 pt-1">
        <ul className="flex flex-wrap gap-1.5">
          <li>
            <StatusPill tone="neutral">{card.connector.name}</StatusPill>
          </li>
          {card.kind !== "other" && (
            <li>
              <StatusPill tone="neutral">{words(`kinds.${card.kind}`)}</StatusPill>
            </li>
          )}
          {card.stage === "test" && (
            <li>
              <StatusPill tone="warning">{shell("testStage")}</StatusPill>
            </li>
          )}
        </ul>
        <ArrowRight aria-hidden className="size-4 shrink-0 text-ink-soft" />
      </div>
    </li>
  );
}
