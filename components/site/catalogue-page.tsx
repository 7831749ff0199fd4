import { LayoutGrid, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Main } from "@/components/shell/container";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { type CatalogueFilter, type CatalogueView, SEARCH_MAX_LENGTH } from "@/lib/catalogue/listing/schema";
import { IntegrationCard } from "./integration-card";

type Props = {
  /** The catalogue's own address, without a query. */
  href: string;
  filter: CatalogueFilter;
  /** Whether this is a further page. */
  isContinued: boolean;
  view: CatalogueView;
};

function hrefWith(href: string, query: CatalogueFilter & { after?: string }): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length === 0 ? href : `${href}?${new URLSearchParams(given)}`;
}

type Option = { label: string; href: string; isChosen: boolean };

/** One choice among some, each an address of its own. Where there is a single one there is nothing to choose. */
function Choice({ label, options }: { label: string; options: Option[] }) {
  if (options.length < 3) return null;
  return (
    <nav aria-label={label} className="grid gap-1.5">
      <p aria-hidden className="text-xs font-medium text-ink-soft lg:px-3">
        {label}
      </p>
      <ul className="flex flex-wrap gap-1.5 lg:grid lg:gap-0.5">
        {options.map((option) => (
          <li key={option.href}>
            <Link
              href={option.href}
              aria-current={option.isChosen ? "true" : undefined}
              className={classNames(
                "flex min-h-8 items-center rounded-lg border px-3 py-1 text-sm pointer-coarse:min-h-11 lg:border-transparent",
                option.isChosen
                  ? "border-accent-line bg-accent-soft font-medium text-accent-text"
                  : "border-line text-ink hover:bg-sunken",
              )}
            >
              {option.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Choices({ href, filter, view }: Pick<Props, "href" | "filter" | "view">) {
  const t = useTranslations("catalogue");
  const all = (name: "vendor" | "kind") => ({
    label: t("filter.all"),
    href: hrefWith(href, { ...filter, [name]: undefined }),
    isChosen: filter[name] === undefined,
  });
  const vendors = view.vendors.map(({ id, name }) => ({
    label: name,
    href: hrefWith(href, { ...filter, vendor: id }),
    isChosen: filter.vendor === id,
  }));
  const kinds = view.kinds.map((kind) => ({
    label: t(`kinds.${kind}`),
    href: hrefWith(href, { ...filter, kind }),
    isChosen: filter.kind === kind,
  }));
  return (
    <div className="grid content-start gap-5">
      <Choice label={t("filter.vendor")} options={[all("vendor"), ...vendors]} />
      <Choice label={t("filter.kind")} options={[all("kind"), ...kinds]} />
    </div>
  );
}

function SearchForm({ href, filter }: Pick<Props, "href" | "filter">) {
  const t = useTranslations("catalogue.search");
  return (
    <search>
      {/* A new filter has a new default: the input is made anew with it. */}
      <form key={JSON.stringify(filter)} action={href} className="grid gap-1.5">
        <label htmlFor="q" className="sr-only">
          {t("label")}
        </label>
        {filter.vendor && <input type="hidden" name="vendor" value={filter.vendor} />}
        {filter.kind && <input type="hidden" name="kind" value={filter.kind} />}
        <div className="flex gap-2">
          <Input
            id="q"
            name="q"
            type="search"
            defaultValue={filter.q ?? ""}
            maxLength={SEARCH_MAX_LENGTH}
            autoComplete="off"
            aria-describedby="q-help"
          />
          <Button type="submit" variant="secondary" className="shrink-0">
            <Search aria-hidden className="size-4" />
            <span className="max-sm:sr-only">{t("submit")}</span>
          </Button>
        </div>
        <p id="q-help" className="text-xs text-ink-soft">
          {t("help")}
        </p>
      </form>
    </search>
  );
}

function Results({ href, filter, isContinued, view }: Props) {
  const t = useTranslations("catalogue");
  const { q } = filter;
  return (
    <section aria-labelledby="found" className="grid content-start gap-4">
      <h2 id="found" className="text-sm font-medium text-ink-soft wrap-anywhere">
        {q ? t("countFor", { count: view.count, q }) : t("count", { count: view.count })}
      </h2>
      <ul className="grid gap-4 sm:grid-cols-2">
        {view.cards.map((card) => (
          <IntegrationCard key={card.slug} card={card} href={`${href}/integrations/${card.slug}`} />
        ))}
      </ul>
      {(view.next || isContinued) && (
        <div className="flex flex-wrap gap-3">
          {view.next && (
            <LinkButton href={hrefWith(href, { ...filter, after: view.next })} variant="secondary">
              {t("next")}
            </LinkButton>
          )}
          {isContinued && (
            <LinkButton href={hrefWith(href, filter)} variant="quiet">
              {t("first")}
            </LinkButton>
          )}
        </div>
      )}
    </section>
  );
}

function Nothing({ href, isNarrowed }: { href: string; isNarrowed: boolean }) {
  const t = useTranslations("catalogue");
  const empty = useTranslations("site.catalogue.empty");
  if (!isNarrowed)
    return (
      <EmptyState icon={LayoutGrid} title={empty("title")}>
        <p>{empty("body")}</p>
      </EmptyState>
    );
  return (
    <EmptyState
      icon={Search}
      title={t("none.title")}
      action={
        <LinkButton href={href} variant="secondary">
          {t("filter.clear")}
        </LinkButton>
      }
    >
      <p>{t("none.body")}</p>
    </EmptyState>
  );
}

/** The public integrations, narrowed by plain addresses: everything works without scripts. */
export function CataloguePage(props: Props) {
  const { href, filter, isContinued, view } = props;
  const t = useTranslations("catalogue");
  const isNarrowed = isContinued || Object.values(filter).some((value) => value !== undefined);
  const hasChoices = view.vendors.length > 1 || view.kinds.length > 1;
  return (
    <Main className="grid gap-8">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <div
        className={classNames("grid gap-x-10 gap-y-6", hasChoices && "lg:grid-cols-[13rem_minmax(0,1fr)]")}
      >
        {hasChoices && <Choices href={href} filter={filter} view={view} />}
        <div className="grid min-w-0 content-start gap-6">
          <SearchForm href={href} filter={filter} />
          {view.cards.length > 0 ? <Results {...props} /> : <Nothing href={href} isNarrowed={isNarrowed} />}
        </div>
      </div>
    </Main>
  );
}
