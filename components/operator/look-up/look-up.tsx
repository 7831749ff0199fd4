import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";

/** A field for the id that a customer or a partner gave to support. `missing`: what was asked for and is nothing here. */
export function LookUp({ missing }: { missing: string | null }) {
  const t = useTranslations("lookUp");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>{t("intro")}</PageHeading>
      <search>
        <form action="/operator/look-up" className="grid max-w-xl gap-1.5">
          <label htmlFor="look-up-id" className="text-sm font-medium">
            {t("label")}
          </label>
          <div className="flex flex-wrap gap-2">
            <Input
              id="look-up-id"
              name="id"
              defaultValue={missing ?? ""}
              required
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="look-up-help"
              className="min-w-0 flex-1 basis-64"
            />
            <Button type="submit">{t("submit")}</Button>
          </div>
          <p id="look-up-help" className="text-xs text-ink-soft">
            {t("help")}
          </p>
        </form>
      </search>
      {missing !== null && (
        <EmptyState icon={SearchX} title={t("missing.title")}>
          <p>{t("missing.body")}</p>
        </EmptyState>
      )}
    </div>
  );
}
