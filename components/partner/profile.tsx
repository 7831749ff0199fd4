import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  PROFILE_ADDRESSES,
  PROFILE_EMAILS,
  type ProfileInput,
  type ProfileView,
} from "@/lib/partner/organization/schema";

type Props = {
  profile: ProfileView;
  mayEdit: boolean;
  /** A section of its own. */
  returnAddresses: ReactNode;
  actions: { save: FormAction; setLogo: FormAction; removeLogo: FormAction };
};

const SECTIONS = {
  organization: ["name", "marketName"],
  contacts: PROFILE_EMAILS,
  pages: PROFILE_ADDRESSES,
} as const satisfies Record<string, readonly (keyof ProfileInput)[]>;
const REQUIRED: readonly string[] = ["name", "notifyEmail"];
const SECTION_NAMES = ["organization", "contacts", "pages"] as const;

function typeOf(section: (typeof SECTION_NAMES)[number]): "text" | "email" | "url" {
  if (section === "contacts") return "email";
  return section === "pages" ? "url" : "text";
}

function Edit({ profile, save }: { profile: ProfileView; save: FormAction }) {
  const t = useTranslations("partner.profile");
  return (
    <ActionForm action={save} className="grid gap-6">
      <FormError />
      {SECTION_NAMES.map((section) => (
        <fieldset key={section} className="grid gap-4 sm:grid-cols-2">
          <legend className="pb-3 text-sm font-semibold">{t(section)}</legend>
          {SECTIONS[section].map((field) => (
            <Field
              key={field}
              name={field}
              label={t(`fields.${field}`)}
              help={t.has(`help.${field}`) ? t(`help.${field}`) : undefined}
              isRequired={REQUIRED.includes(field)}
            >
              <Input
                type={typeOf(section)}
                defaultValue={profile[field] ?? ""}
                maxLength={300}
                autoComplete="off"
                spellCheck={false}
              />
            </Field>
          ))}
        </fieldset>
      ))}
      <div>
        <SubmitButton pendingLabel={t("saving")}>{t("save")}</SubmitButton>
        <SavedNote>{t("saved")}</SavedNote>
      </div>
    </ActionForm>
  );
}

function Show({ profile }: { profile: ProfileView }) {
  const t = useTranslations("partner.profile");
  return (
    <DescriptionList>
      {SECTION_NAMES.flatMap((section) =>
        SECTIONS[section].map((field) => (
          <Description key={field} term={t(`fields.${field}`)}>
            <span className="wrap-anywhere">{profile[field] ?? t("notGiven")}</span>
          </Description>
        )),
      )}
    </DescriptionList>
  );
}

function Logo({ profile, actions }: Pick<Props, "profile" | "actions">) {
  const t = useTranslations("partner.logo");
  return (
    <div className="grid gap-4">
      {profile.logo ? (
        // biome-ignore lint/performance/noImgElement: a small picture in the address itself, nothing to optimize
        <img
          src={profile.logo}
          alt={t("alt", { partner: profile.name })}
          className="max-h-24 max-w-full justify-self-start rounded-lg border border-line bg-white p-2"
        />
      ) : (
        <p className="text-sm text-ink-soft">{t("none")}</p>
      )}
      <ActionForm action={actions.setLogo} className="grid gap-3">
        <FormError />
        <Field name="logo" label={t("file")} isRequired>
          <Input type="file" accept="image/png" />
        </Field>
        <div>
          <SubmitButton variant="secondary" size="small" pendingLabel={t("saving")}>
            {t("save")}
          </SubmitButton>
          <SavedNote>{t("saved")}</SavedNote>
        </div>
      </ActionForm>
      {profile.logo && (
        <ActionForm action={actions.removeLogo}>
          <FormError />
          <SubmitButton variant="quiet" size="small" pendingLabel={t("removing")}>
            {t("remove")}
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}

/** What others know of the organization. */
export function PartnerProfile({ profile, mayEdit, returnAddresses, actions }: Props) {
  const t = useTranslations("partner");
  return (
    <>
      <PageHeading title={t("profile.title")}>
        <p>{t("profile.intro")}</p>
      </PageHeading>
      <CardSection
        id="profile"
        title={t("profile.about")}
        intro={mayEdit ? undefined : t("profile.readOnly")}
      >
        {mayEdit ? <Edit profile={profile} save={actions.save} /> : <Show profile={profile} />}
      </CardSection>
      {returnAddresses}
      {mayEdit && (
        <CardSection id="logo" title={t("logo.title")} intro={t("logo.intro")}>
          <Logo profile={profile} actions={actions} />
        </CardSection>
      )}
    </>
  );
}
