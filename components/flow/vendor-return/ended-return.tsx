import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { PlainFormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { EndedReturnView } from "@/lib/activation/grant/schema";
import { useVendorWords } from "../use-vendor-words";
import { WayOnLinks } from "./way-on-links";

type Props = {
  view: EndedReturnView;
  homeHref: string;
  signInHref: string;
  /** Signs out, to go on as the person who began. */
  switchAccount: PlainFormAction;
};

/** A return from the vendor that leads to no consent: what happened, that nothing is activated, and the ways on. */
export function EndedReturn({ view, homeHref, signInHref, switchAccount }: Props) {
  const t = useTranslations("vendorReturn");
  const words = useVendorWords(view.connectorId, "vendorReturn.ended");
  const { viewerEmail, because, wayOn } = view;
  const values = { connector: view.connectorName, email: viewerEmail ?? "" };
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={words(`${because}.title`, values)}>
        <p>{words(`${because}.whatToDo`, values)}</p>
      </PageHeading>
      {viewerEmail === null ? (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <LinkButton href={signInHref}>{t("wayOn.signIn")}</LinkButton>
          {wayOn !== null && (
            <TextLink href={wayOn.href} className="text-sm">
              {t("wayOn.review")}
            </TextLink>
          )}
        </div>
      ) : (
        <WayOnLinks wayOn={wayOn} homeHref={homeHref} />
      )}
      {because === "not_yours" && (
        <form action={switchAccount}>
          <button type="submit" className={buttonClass("quiet", "medium", "-ml-4")}>
            {t("confirm.somebodyElse")}
          </button>
        </form>
      )}
    </Card>
  );
}
