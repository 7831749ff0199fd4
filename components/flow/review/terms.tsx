import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Paragraphs } from "@/components/ui/paragraphs";
import { CalendarDate } from "@/components/ui/time";
import type { SpecificationContent } from "@/lib/catalogue/integration/schema";

type Props = { terms: SpecificationContent["terms"]; partnerName: string };

/** The terms of service as they will be accepted, with version and date. */
export function Terms({ terms, partnerName }: Props) {
  const t = useTranslations("review.terms");
  return (
    <section aria-labelledby="terms">
      <Card className="px-4 py-4 sm:px-6 sm:py-5">
        <h2 id="terms" className="font-semibold">
          {t("title")}
        </h2>
        <p className="pt-1 pb-3 text-sm text-ink-soft">
          {t.rich("version", {
            version: terms.version,
            date: () => <CalendarDate on={terms.updatedOn} />,
          })}
        </p>
        <Disclosure summary={t("read", { partner: partnerName })}>
          {/* A region that scrolls has to be reachable by keyboard. */}
          <section
            aria-label={t("text")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrow keys
            tabIndex={0}
            className="max-h-96 overflow-y-auto rounded-lg border border-line bg-sunken px-4 py-4 text-sm sm:px-5"
          >
            <div className="max-w-prose">
              <Paragraphs text={terms.body} />
            </div>
          </section>
        </Disclosure>
      </Card>
    </section>
  );
}
