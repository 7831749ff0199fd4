import { type LucideIcon, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PagedList } from "@/components/operator/paged-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { ListFilter } from "./list-filter";

type ListFilterProps = Parameters<typeof ListFilter>[0];

export type MonitoringHrefs = {
  list: string;
  one: (id: string) => string;
  more: (cursor: string) => string;
};

type Props<Row> = {
  kind: "requests" | "connections";
  view: {
    filter: ListFilterProps["filter"] & { before?: string };
    nextCursor: string | null;
    choices: ListFilterProps["choices"];
  };
  states: ListFilterProps["states"];
  dates: ListFilterProps["dates"];
  views: ReactNode;
  emptyIcon: LucideIcon;
  hrefs: MonitoringHrefs;
  live: ReactNode;
  rows: readonly Row[];
  renderRow: (row: Row) => ReactNode;
  /** Around the rows: a form that they belong to. */
  frame?: (list: ReactNode) => ReactNode;
};

/** A list that a partner watches: narrowed by a filter, in pages, and followed live. */
export function MonitoringList<Row>({
  kind,
  view,
  states,
  dates,
  views,
  emptyIcon,
  hrefs,
  live,
  rows,
  renderRow,
  frame = (list) => list,
}: Props<Row>) {
  const t = useTranslations(`partner.${kind}`);
  const none = useTranslations("partner.requests.none");
  const { before: _, ...filter } = view.filter;
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHeading title={t("title")} aside={live}>
        <p>{t("intro")}</p>
      </PageHeading>
      <ListFilter href={hrefs.list} filter={filter} states={states} choices={view.choices} dates={dates} />
      {views}
      {frame(
        <PagedList
          rows={rows}
          renderRow={renderRow}
          empty={
            isNarrowed ? (
              <EmptyState
                icon={SearchX}
                title={none("title")}
                action={<TextLink href={hrefs.list}>{none("clear")}</TextLink>}
              >
                <p>{none("body")}</p>
              </EmptyState>
            ) : (
              <EmptyState icon={emptyIcon} title={t("empty.title")}>
                <p>{t("empty.body")}</p>
              </EmptyState>
            )
          }
          more={view.nextCursor ? { href: hrefs.more(view.nextCursor), label: t("more") } : null}
        />,
      )}
    </>
  );
}
