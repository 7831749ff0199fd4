import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { PageHeading } from "@/components/ui/page-heading";
import type { ProfileView } from "@/lib/people/profile/schema";
import { EmailForm } from "./email-form";
import { EraseSection } from "./erase-section";
import type { ProfileActions } from "./profile-actions";

type Props = { view: ProfileView; actions: ProfileActions; hrefs: { export: string; home: string } };

/** The person's own matters: address, a copy of the data, and its end. */
export function Profile({ view, actions, hrefs }: Props) {
  const t = useTranslations("profile");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <CardSection id="email" title={t("email.title")} intro={t("email.intro", { email: view.email })}>
        <EmailForm pendingChange={view.pendingChange} actions={actions} />
      </CardSection>
      <CardSection id="export" title={t("export.title")} intro={t("export.intro")}>
        <a href={hrefs.export} download className={buttonClass("secondary")}>
          <Download aria-hidden className="size-4" />
          {t("export.button")}
        </a>
      </CardSection>
      <CardSection id="erase" title={t("erase.title")} intro={t("erase.intro")}>
        <EraseSection view={view} erase={actions.erase} homeHref={hrefs.home} />
      </CardSection>
    </div>
  );
}
