import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import type { WayOn } from "@/lib/activation/grant/schema";

/** Where the activation goes on, and the way home. */
export function WayOnLinks({ wayOn, homeHref }: { wayOn: WayOn | null; homeHref: string }) {
  const t = useTranslations("vendorReturn.wayOn");
  const status = useTranslations("status");
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
      {wayOn !== null && <LinkButton href={wayOn.href}>{t(wayOn.to)}</LinkButton>}
      <TextLink href={homeHref} className="text-sm">
        {status("toHome")}
      </TextLink>
    </div>
  );
}
