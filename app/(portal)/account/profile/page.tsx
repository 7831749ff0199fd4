import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Profile } from "@/components/profile/profile";
import { Main } from "@/components/shell/container";
import { getViewer } from "@/lib/people/auth/viewer";
import { getProfile } from "@/lib/people/profile/queries";
import { webDatabase } from "@/lib/platform/web-database";
import { cancelEmailChangeAction, changeEmailAction, eraseAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("profile");
  return { title: t("title") };
}

/** What belongs to the person and not to an account. */
export default async function ProfilePage() {
  const viewer = await getViewer("/account/profile");
  const view = await getProfile(webDatabase(), viewer);
  return (
    <Main>
      <Profile
        view={view}
        actions={{
          changeEmail: changeEmailAction,
          cancelEmailChange: cancelEmailChangeAction,
          erase: eraseAction,
        }}
        hrefs={{ export: "/account/profile/export", home: "/home" }}
      />
    </Main>
  );
}
