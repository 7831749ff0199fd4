import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";

/** The way back to the partner's own pages, for a customer who came from there. */
export function BackToPartner({ returnUrl }: { returnUrl: string }) {
  const t = useTranslations("linkSession");
  return (
    <p className="mt-6">
      <a href={returnUrl} rel="noopener" className={buttonClass("secondary")}>
        <ArrowLeft aria-hidden className="size-4" />
        {t("backTo", { host: new URL(returnUrl).host })}
      </a>
    </p>
  );
}
