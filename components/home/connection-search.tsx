import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { HomeHrefs } from "./home-hrefs";

type Props = { search: string; areEnded: boolean; hrefs: HomeHrefs };

/** Finds connections among many, by the server: without JavaScript too. */
export function ConnectionSearch({ search, areEnded, hrefs }: Props) {
  const t = useTranslations("connectionList");
  return (
    <div className="grid gap-2.5 border-b border-line pb-4">
      <form action={hrefs.search} className="flex gap-2">
        {areEnded && <input type="hidden" name="ended" value="1" />}
        <div className="relative min-w-0 flex-1">
          <label htmlFor="connection-search">
            <VisuallyHidden>{t("search.label")}</VisuallyHidden>
          </label>
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft"
          />
          <Input
            key={search}
            id="connection-search"
            type="search"
            name="q"
            defaultValue={search}
            maxLength={100}
            placeholder={t("search.placeholder")}
            autoComplete="off"
            className="pl-9"
          />
        </div>
        <Button type="submit" variant="secondary">
          {t("search.button")}
        </Button>
      </form>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {search !== "" && <TextLink href={areEnded ? hrefs.ended : hrefs.live}>{t("search.clear")}</TextLink>}
        <TextLink href={areEnded ? hrefs.live : hrefs.ended}>
          {t(areEnded ? "ended.hide" : "ended.show")}
        </TextLink>
        {!areEnded && <TextLink href={hrefs.several}>{t("several.open")}</TextLink>}
      </p>
    </div>
  );
}
