import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";

/** A link for a number of requests: the acceptance reserves one. */
export function ReservedUse() {
  const t = useTranslations("linkSession");
  return (
    <Alert tone="info" role="note" className="mb-4">
      {t("reserved")}
    </Alert>
  );
}
