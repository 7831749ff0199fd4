import { ChartNoAxesColumn } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardSection } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import {
  FIGURE_PERIODS,
  type Figures,
  type FiguresView,
  FUNNEL_STEPS,
  LEAVE_REASONS,
  type Times,
  UNDER_WAY,
} from "@/lib/partner/figures/schema";
import { dateFormatOf } from "@/lib/platform/i18n/dates";
import { NestedBars, ShareBar } from "./figures-chart";

const TABLE = "w-full text-left text-sm";
const HEAD = "border-b border-line pb-2 pr-4 align-bottom text-xs font-medium text-ink-soft last:pr-0";
const CELL = "border-b border-line py-2 pr-4 align-top last:pr-0";
const NUMBER = "text-right tabular-nums";

/** "40 s", "12 min", "3 h", "2 days": more would claim to be more exact than the figure is. */
function useDuration(): (seconds: number | null) => string {
  const t = useTranslations("partner.figures.duration");
  return (seconds) => {
    if (seconds === null) return t("none");
    if (seconds < 90) return t("seconds", { count: seconds });
    if (seconds < 90 * 60) return t("minutes", { count: Math.round(seconds / 60) });
    if (seconds < 36 * 3600) return t("hours", { count: Math.round(seconds / 3600) });
    return t("days", { count: Math.round(seconds / 86_400) });
  };
}

/** The console's words are English, whatever the reader's language. */
const FORMAT = dateFormatOf("en");
const dayOf = (on: string): string =>
  FORMAT.dateTime(new Date(on), { day: "numeric", month: "short", timeZone: "UTC" });
const shareOf = (part: number, whole: number): string =>
  whole === 0 ? "–" : FORMAT.number(part / whole, { style: "percent" });

/** A table that is wider than a phone is pushed sideways, by keys too. */
function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto">
      {children}
    </section>
  );
}

function Filter({ view, href }: { view: FiguresView; href: string }) {
  const t = useTranslations("partner.figures.filter");
  return (
    <Card className="px-4 py-4 sm:px-6">
      <form key={JSON.stringify(view.filter)} action={href} className="flex flex-wrap items-end gap-3">
        <div className="grid gap-1">
          <label htmlFor="figures-days" className="text-xs font-medium text-ink-soft">
            {t("period")}
          </label>
          <Select id="figures-days" name="days" defaultValue={view.filter.days}>
            {FIGURE_PERIODS.map((days) => (
              <option key={days} value={days}>
                {t("days", { days })}
              </option>
            ))}
          </Select>
        </div>
        <div className="grid min-w-0 gap-1 max-sm:w-full">
          <label htmlFor="figures-integration" className="text-xs font-medium text-ink-soft">
            {t("integration")}
          </label>
          <Select id="figures-integration" name="integration" defaultValue={view.filter.integration ?? ""}>
            <option value="">{t("all")}</option>
            {view.integrations.map(({ id, name, stage }) => (
              <option key={id} value={id}>
                {stage === "test" ? t("inTest", { name }) : name}
              </option>
            ))}
          </Select>
        </div>
        <Button type="submit" variant="secondary">
          {t("show")}
        </Button>
      </form>
    </Card>
  );
}

function Funnel({ figures: { counts } }: { figures: Figures }) {
  const t = useTranslations("partner.figures");
  return (
    <table className={TABLE}>
      <caption className="sr-only">{t("funnel.title")}</caption>
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} w-full`}>
            {t("funnel.step")}
          </th>
          <th scope="col" className={`${HEAD} ${NUMBER}`}>
            {t("funnel.people")}
          </th>
          <th scope="col" className={`${HEAD} ${NUMBER}`}>
            {t("funnel.share")}
          </th>
        </tr>
      </thead>
      <tbody>
        {FUNNEL_STEPS.map((step) => (
          <tr key={step}>
            <th scope="row" className={`${CELL} grid gap-1.5 font-normal`}>
              {t(`steps.${step}`)}
              <ShareBar share={counts.accepted === 0 ? 0 : counts[step] / counts.accepted} />
            </th>
            <td className={`${CELL} ${NUMBER}`}>{FORMAT.number(counts[step])}</td>
            <td className={`${CELL} ${NUMBER}`}>{shareOf(counts[step], counts.accepted)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reasons({ figures: { counts, leavers } }: { figures: Figures }) {
  const t = useTranslations("partner.figures");
  const present = LEAVE_REASONS.filter((reason) => (leavers[reason] ?? 0) > 0).sort(
    (one, other) => (leavers[other] ?? 0) - (leavers[one] ?? 0),
  );
  if (present.length === 0) return <p className="text-sm text-ink-soft">{t("reasons.none")}</p>;
  return (
    <table className={TABLE}>
      <caption className="sr-only">{t("reasons.title")}</caption>
      <tbody>
        {present.map((reason) => (
          <tr key={reason}>
            <th scope="row" className={`${CELL} w-full font-normal`}>
              {t(`leave.${reason}`)}
              {UNDER_WAY.includes(reason) && (
                <span className="block text-ink-soft">{t("reasons.underWay")}</span>
              )}
            </th>
            <td className={`${CELL} ${NUMBER}`}>{FORMAT.number(leavers[reason] ?? 0)}</td>
            <td className={`${CELL} ${NUMBER}`}>{shareOf(leavers[reason] ?? 0, counts.accepted)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Speed({ title, help, times }: { title: string; help: string; times: Times }) {
  const t = useTranslations("partner.figures.times");
  const duration = useDuration();
  return (
    <div className="grid content-start gap-1">
      <h3 className="text-sm font-medium">{title}</h3>
      <p className="text-sm text-ink-soft">{help}</p>
      <dl className="flex flex-wrap gap-x-6 gap-y-2 pt-1">
        {(["median", "p95"] as const).map((what) => (
          <div key={what} className="grid">
            <dt className="text-xs text-ink-soft">{t(what)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{duration(times[what])}</dd>
          </div>
        ))}
        <div className="grid">
          <dt className="text-xs text-ink-soft">{t("of")}</dt>
          <dd className="text-xl font-semibold tabular-nums">{FORMAT.number(times.count)}</dd>
        </div>
      </dl>
    </div>
  );
}

type Line = Figures & { key: string; label: string };

/** One line for each week or version, with all that a line can say. */
function Lines({ caption, head, lines }: { caption: string; head: string; lines: Line[] }) {
  const t = useTranslations("partner.figures.lines");
  const duration = useDuration();
  return (
    <Wide label={caption}>
      <table className={`${TABLE} min-w-[40rem]`}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>
              {head}
            </th>
            {["accepted", "submitted", "active", "share", "toActive", "toActiveSlow", "toDecision"].map(
              (what) => (
                <th key={what} scope="col" className={`${HEAD} ${NUMBER}`}>
                  {t(what)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, label, counts, toActive, toDecision }) => (
            <tr key={key}>
              <th scope="row" className={`${CELL} font-normal`}>
                {label}
              </th>
              <td className={`${CELL} ${NUMBER}`}>{FORMAT.number(counts.accepted)}</td>
              <td className={`${CELL} ${NUMBER}`}>{FORMAT.number(counts.submitted)}</td>
              <td className={`${CELL} ${NUMBER}`}>{FORMAT.number(counts.active)}</td>
              <td className={`${CELL} ${NUMBER}`}>{shareOf(counts.active, counts.accepted)}</td>
              <td className={`${CELL} ${NUMBER}`}>{duration(toActive.median)}</td>
              <td className={`${CELL} ${NUMBER}`}>{duration(toActive.p95)}</td>
              <td className={`${CELL} ${NUMBER}`}>{duration(toDecision.median)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** How far people come who accept an integration of the partner, why they do not come further, and how long it takes. */
export function FiguresPage({ view, href }: { view: FiguresView; href: string }) {
  const t = useTranslations("partner.figures");
  const { all } = view;
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <Filter view={view} href={href} />
      {all.counts.accepted === 0 ? (
        <EmptyState
          icon={ChartNoAxesColumn}
          title={view.isUncounted ? t("empty.uncountedTitle") : t("empty.title")}
        >
          <p>{view.isUncounted ? t("empty.uncounted") : t("empty.body")}</p>
        </EmptyState>
      ) : (
        <>
          <CardSection id="funnel" title={t("funnel.title")} intro={t("funnel.intro")}>
            <Funnel figures={all} />
          </CardSection>
          <CardSection id="reasons" title={t("reasons.title")} intro={t("reasons.intro")}>
            <Reasons figures={all} />
          </CardSection>
          <CardSection id="times" title={t("times.title")}>
            <div className="grid gap-6 sm:grid-cols-2">
              <Speed title={t("times.active")} help={t("times.activeHelp")} times={all.toActive} />
              <Speed title={t("times.decision")} help={t("times.decisionHelp")} times={all.toDecision} />
            </div>
          </CardSection>
          <CardSection id="weeks" title={t("weeks.title")} intro={t("weeks.intro")}>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
              <NestedBars
                bars={view.weeks.map(({ week, counts }) => ({
                  label: dayOf(week),
                  outer: counts.accepted,
                  inner: counts.active,
                }))}
              />
              <p aria-hidden className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft">
                <span className="inline-flex items-center gap-1.5">
                  <span className="size-2.5 rounded-sm bg-accent-line" /> {t("lines.accepted")}
                </span>
                <span className="inline-flex items-center gap-1.5">
                  <span className="size-2.5 rounded-sm bg-accent" /> {t("lines.active")}
                </span>
              </p>
              <Lines
                caption={t("weeks.title")}
                head={t("weeks.head")}
                lines={view.weeks
                  .toReversed()
                  .map((one) => ({ ...one, key: one.week, label: dayOf(one.week) }))}
              />
            </div>
          </CardSection>
          <CardSection id="versions" title={t("versions.title")}>
            <Lines
              caption={t("versions.title")}
              head={t("versions.head")}
              lines={view.versions.map((one) => ({
                ...one,
                key: one.id,
                label: t(one.stage === "test" ? "versions.ofTest" : "versions.of", {
                  name: one.integrationName,
                  version: one.version,
                }),
              }))}
            />
          </CardSection>
          <p className="text-xs text-ink-soft">{t("counted")}</p>
        </>
      )}
    </>
  );
}
