import { useTranslations } from "next-intl";
import { CellPill } from "@/components/company/cell-pill";
import { CompanyTick } from "@/components/company/selection";
import { Link } from "@/components/ui/link";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { CompanyView, UsedIntegration } from "@/lib/operations/company/schema";
import type { HomeHrefs } from "./home-hrefs";

type Props = {
  companies: CompanyView[];
  integrations: UsedIntegration[];
  hrefs: HomeHrefs;
  /** Several can be ticked, to do something with them at once. */
  canTick: boolean;
};

function CompanyName({ company, hrefs }: { company: CompanyView; hrefs: HomeHrefs }) {
  const t = useTranslations("companies");
  const { name, businessId, externalId, connector, stage } = company;
  const details = [businessId ?? t("number", { id: externalId }), connector.name];
  return (
    <span className="grid min-w-0 gap-0.5">
      <Link
        href={hrefs.company(company.id)}
        className="font-medium wrap-anywhere underline decoration-line underline-offset-3 hover:decoration-current"
      >
        {name}
      </Link>
      <span className="text-xs font-normal text-ink-soft tabular-nums">
        {[...details, ...(stage === "test" ? [t("test")] : [])].join(" · ")}
      </span>
    </span>
  );
}

function CompanyRow({
  company,
  integrations,
  hrefs,
  canTick,
}: { company: CompanyView } & Omit<Props, "companies">) {
  const t = useTranslations("companies");
  return (
    <tr className="relative grid gap-2 border-b border-line py-4 last:border-0 md:table-row md:py-0">
      {canTick && (
        <td className="absolute top-2.5 right-0 md:static md:w-10 md:border-b md:border-line md:py-2 md:align-middle">
          <CompanyTick id={company.id} name={company.name} />
        </td>
      )}
      <th
        scope="row"
        className="pr-12 text-left md:min-w-48 md:border-b md:border-line md:py-2.5 md:pr-4 md:align-middle"
      >
        <CompanyName company={company} hrefs={hrefs} />
      </th>
      {integrations.map(({ id, name }) => {
        const cell = company.cells.find(({ integrationId }) => integrationId === id);
        return (
          <td
            key={id}
            className={`items-center justify-between gap-3 md:table-cell md:border-b md:border-line md:py-2.5 md:pr-4 md:align-middle ${cell ? "flex" : "hidden"}`}
          >
            {cell ? (
              <>
                <span aria-hidden className="min-w-0 text-ink-soft wrap-anywhere md:hidden">
                  {name}
                </span>
                <CellPill cell={cell} hrefs={hrefs} />
              </>
            ) : (
              <>
                <span aria-hidden className="text-ink-soft">
                  –
                </span>
                <VisuallyHidden>{t("notHere")}</VisuallyHidden>
              </>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Companies by integrations: a table where there is room for one, a card for each company where there is not. */
export function CompanyTable({ companies, integrations, hrefs, canTick }: Props) {
  const t = useTranslations("companies");
  return (
    <div className="md:overflow-x-auto">
      <table
        aria-labelledby="companies"
        className="block w-full text-sm md:table md:border-separate md:border-spacing-0"
      >
        <thead className="sr-only md:not-sr-only md:table-header-group">
          <tr>
            {canTick && (
              <td>
                <VisuallyHidden>{t("bulk.label")}</VisuallyHidden>
              </td>
            )}
            <th scope="col" className="py-2 pr-4 text-left text-xs font-medium text-ink-soft">
              {t("csv.company")}
            </th>
            {integrations.map(({ id, name }) => (
              <th key={id} scope="col" className="py-2 pr-4 text-left text-xs font-medium text-ink-soft">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block md:table-row-group">
          {companies.map((company) => (
            <CompanyRow
              key={company.id}
              company={company}
              integrations={integrations}
              hrefs={hrefs}
              canTick={canTick}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
