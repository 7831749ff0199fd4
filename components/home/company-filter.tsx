import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import {
  COMPANY_SHOWS,
  type CompanyFilter,
  MAX_SEARCH,
  type UsedIntegration,
} from "@/lib/operations/company/schema";
import type { HomeHrefs } from "./home-hrefs";

type Props = {
  filter: CompanyFilter;
  integrations: UsedIntegration[];
  isFiltered: boolean;
  hrefs: HomeHrefs;
};

const LABEL = "grid gap-1 text-xs font-medium text-ink-soft";

/** Finds companies among many, by the server: without JavaScript too. */
export function CompanyFilterForm({ filter, integrations, isFiltered, hrefs }: Props) {
  const t = useTranslations("companies.filter");
  const vendors = [...new Map(integrations.map(({ connector }) => [connector.id, connector])).values()];
  return (
    <form
      action={hrefs.filter}
      aria-label={t("label")}
      className="grid items-end gap-3 border-b border-line pb-4 sm:grid-cols-2 lg:flex lg:flex-wrap"
    >
      <div className={`${LABEL} sm:col-span-2 lg:min-w-56 lg:flex-1`}>
        <label htmlFor="company-search">{t("search")}</label>
        <span className="relative">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft"
          />
          <Input
            key={filter.q}
            id="company-search"
            type="search"
            name="q"
            defaultValue={filter.q}
            maxLength={MAX_SEARCH}
            autoComplete="off"
            className="pl-9"
          />
        </span>
      </div>
      <div className={LABEL}>
        <label htmlFor="company-show">{t("show")}</label>
        <Select key={filter.show} id="company-show" name="show" defaultValue={filter.show ?? ""}>
          <option value="">{t("all")}</option>
          {COMPANY_SHOWS.map((show) => (
            <option key={show} value={show}>
              {t(show)}
            </option>
          ))}
        </Select>
      </div>
      {integrations.length > 1 && (
        <div className={LABEL}>
          <label htmlFor="company-integration">{t("integration")}</label>
          <Select
            key={filter.integration}
            id="company-integration"
            name="integration"
            defaultValue={filter.integration ?? ""}
          >
            <option value="">{t("anyIntegration")}</option>
            {integrations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      )}
      {vendors.length > 1 && (
        <div className={LABEL}>
          <label htmlFor="company-vendor">{t("vendor")}</label>
          <Select key={filter.vendor} id="company-vendor" name="vendor" defaultValue={filter.vendor ?? ""}>
            <option value="">{t("anyVendor")}</option>
            {vendors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="secondary">
          {t("button")}
        </Button>
        {isFiltered && (
          <TextLink href={hrefs.companies({})} className="text-sm">
            {t("clear")}
          </TextLink>
        )}
      </div>
    </form>
  );
}
