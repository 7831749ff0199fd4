import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Spinner } from "@/components/ui/spinner";
import { TextLink } from "@/components/ui/text-link";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { RequestView } from "@/lib/activation/request/schema";

type Props = { view: RequestView; pageHost: string; openPageUrl: string; statusHref: string };

/** The way to the partner's own page in a new tab; it can be opened as often as needed. */
export function PartnerPage({ view, pageHost, openPageUrl, statusHref }: Props) {
  const t = useTranslations("partnerSteps.page");
  const values = { partner: view.partnerName, host: pageHost };
  return (
    <Card className="grid gap-4 px-4 py-5 sm:px-6">
      {/* A plain form post: the new tab gets the answer, and the partner's page cannot reach back to ours. */}
      <form method="post" action={openPageUrl} target="_blank" rel="noopener">
        <button type="submit" className={buttonClass("primary", "large", "w-full sm:w-auto")}>
          {t(view.isPartnerStepDone ? "reopen" : "open", values)}
          <ExternalLink aria-hidden className="size-4" />
          <VisuallyHidden> {t("newTab")}</VisuallyHidden>
        </button>
      </form>
      <p className="text-sm text-ink-soft">{t("where", values)}</p>
      <div role="status" className="rounded-lg border border-line bg-sunken px-4 py-3 text-sm">
        {view.isPartnerStepDone ? (
          <div className="grid gap-1">
            <Spinner className="font-medium">{t("waiting", values)}</Spinner>
            <p className="pl-6 text-ink-soft">
              {t.rich("followsByItself", {
                link: (chunks) => <TextLink href={statusHref}>{chunks}</TextLink>,
              })}
            </p>
          </div>
        ) : (
          <p>{t("notOpened", values)}</p>
        )}
      </div>
    </Card>
  );
}
