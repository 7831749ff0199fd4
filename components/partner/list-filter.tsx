import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import type { FilterChoices } from "@/lib/partner/monitoring/schema";

type Filter = {
  state?: string;
  integration?: string;
  version?: string;
  connector?: string;
  from?: string;
  to?: string;
  q?: string;
};
type Props = {
  /** The list's own address, without a query. */
  href: string;
  filter: Filter;
  states: { value: string; label: string }[];
  choices: FilterChoices;
  /** What the two dates are of. */
  dates: "submitted" | "active";
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

type Option = { value: string; label: string };

/** One choice among some; where there is a single one there is nothing to choose. */
function Choice({
  name,
  label,
  options,
  chosen,
}: {
  name: string;
  label: string;
  options: Option[];
  chosen?: string;
}) {
  const t = useTranslations("partner.filter");
  return (
    <Labelled id={`filter-${name}`} label={label}>
      <Select id={`filter-${name}`} name={name} defaultValue={chosen ?? ""}>
        <option value="">{t("any")}</option>
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}

/** Narrows a list by its address: works without JavaScript, and can be kept as a bookmark. */
export function ListFilter({ href, filter, states, choices, dates }: Props) {
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
          <Choice name="state" label={t("state")} options={states} chosen={filter.state} />
          <Choice
            name="integration"
            label={t("integration")}
            options={choices.integrations.map(({ id, name, stage }) => ({
              value: id,
              label: stage === "test" ? t("inTest", { name }) : name,
            }))}
            chosen={filter.integration}
          />
          <Disclosure
            summary={t("more")}
            isOpen={[filter.connector, filter.version, filter.from, filter.to].some(Boolean)}
            className="sm:col-span-2"
          >
            <div className="grid gap-3 sm:grid-cols-2">
              {(choices.connectors.length > 1 || filter.connector) && (
                <Choice
                  name="connector"
                  label={t("connector")}
                  options={choices.connectors.map(({ id, name }) => ({ value: id, label: name }))}
                  chosen={filter.connector}
                />
              )}
              {(choices.versions.length > choices.integrations.length || filter.version) && (
                <Choice
                  name="version"
                  label={t("version")}
                  options={choices.versions.map(({ id, integrationName, stage, version }) => ({
                    value: id,
                    label: t("versionOf", {
                      name: stage === "test" ? t("inTest", { name: integrationName }) : integrationName,
                      version,
                    }),
                  }))}
                  chosen={filter.version}
                />
              )}
              <Labelled id="filter-from" label={t(`${dates}From`)}>
                <Input id="filter-from" name="from" type="date" defaultValue={filter.from ?? ""} />
              </Labelled>
              <Labelled id="filter-to" label={t(`${dates}To`)}>
                <Input id="filter-to" name="to" type="date" defaultValue={filter.to ?? ""} />
              </Labelled>
            </div>
          </Disclosure>
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
