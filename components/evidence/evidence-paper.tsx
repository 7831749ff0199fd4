import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { PrintButton } from "@/components/flow/acceptance/print-button";
import { buttonClass } from "@/components/ui/button";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { EvidencePaperView } from "@/lib/connection/evidence/schema";
import { PaperContent } from "./paper-content";
import { PaperSeal } from "./paper-seal";

type Props = {
  view: EvidencePaperView;
  hrefs: { back: string; download: string; verify: string };
};

/** A signed document as a page to print, with the file to keep. */
export function EvidencePaper({ view, hrefs }: Props) {
  const t = useTranslations("evidence");
  const { kind } = view.document;
  return (
    <article className="grid gap-6 print:gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <PageHeading title={t(`${kind}.title`)}>
          <p>{t(`${kind}.intro`)}</p>
        </PageHeading>
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <PrintButton />
          <a href={hrefs.download} className={buttonClass("primary")} download>
            <Download aria-hidden className="size-4" />
            {t("download")}
          </a>
        </div>
      </div>
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm print:hidden">
        <TextLink href={hrefs.back}>{t(`${kind}.back`)}</TextLink>
        <TextLink href={hrefs.verify}>{t("toVerify")}</TextLink>
      </p>
      <PaperContent document={view.document} persons={view.persons} />
      <PaperSeal view={view} />
    </article>
  );
}
