import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";

type Filter = { state?: string; integration?: string; from?: string; to?: string; q?: string };
type Props = {
  /** The list's own address, without a query. */
  href: string;
  filter: Filter;
  states: { value: string; label: string }[];
  integrations: IntegrationChoice[];
  hasDates: boolean;
};

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className="text-xs font-medium text-ink-soft">
        {label}
      </label>
      {children}
    </div>
  );
}

/** Narrows a list by its address: works without JavaScript, and can be kept as a bookmark. */
export function ListFilter({ href, filter, states, integrations, hasDates }: Props) {
  const t = useTranslations("partner.filter");
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Card className="px-4 py-4 sm:px-6">
      <search aria-label={t("label")}>
        {/* A new filter has new defaults: the inputs are made anew with it. */}
        <form key={JSON.stringify(filter)} action={href} className="grid gap-3 sm:grid-cols-2">
          <div className="sm:col-span-2">
            <Labelled id="filter-q" label={t("search")}>
              <Input
                id="filter-q"
                name="q"
                type="search"
                defaultValue={filter.q ?? ""}
                maxLength={100}
                autoComplete="off"
                aria-describedby="filter-q-help"
              />
              <p id="filter-q-help" className="text-xs text-ink-soft">
                {t("searchHelp")}
              </p>
            </Labelled>
          </div>
          <Labelled id="filter-state" label={t("state")}>
            <Select id="filter-state" name="state" defaultValue={filter.state ?? ""}>
              <option value="">{t("any")}</option>
              {states.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Labelled>
          <Labelled id="filter-integration" label={t("integration")}>
            <Select id="filter-integration" name="integration" defaultValue={filter.integration ?? ""}>
              <option value="">{t("any")}</option>
              {integrations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Labelled>
          {hasDates && (
            <>
              <Labelled id="filter-from" label={t("from")}>
                <Input id="filter-from" name="from" type="date" defaultValue={filter.from ?? ""} />
              </Labelled>
              <Labelled id="filter-to" label={t("to")}>
                <Input id="filter-to" name="to" type="date" defaultValue={filter.to ?? ""} />
              </Labelled>
            </>
          )}
          <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
            <Button type="submit" variant="secondary" size="small">
              {t("apply")}
            </Button>
            {isNarrowed && (
              <TextLink href={href} className="text-sm">
                {t("clear")}
              </TextLink>
            )}
          </div>
        </form>
      </search>
    </Card>
  );
}
