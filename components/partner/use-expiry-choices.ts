import { useTranslations } from "next-intl";
import { EXPIRY_DAYS } from "@/lib/partner/organization/schema";

/** How long a key works, for a list to choose from. */
export function useExpiryChoices(): { value: string; label: string }[] {
  const t = useTranslations("partner.expiry");
  return [
    { value: "never", label: t("never") },
    ...EXPIRY_DAYS.map((days) => ({ value: String(days), label: t(`${days}`) })),
  ];
}
